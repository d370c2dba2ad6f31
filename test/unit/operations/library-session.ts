import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';
import type { Millis } from '../../../src/model/brand.ts';
import { openSession } from '../../../src/operations/open-session.ts';
import type { Session } from '../../../src/operations/session.ts';
import { temporaryDirectory } from '../host/temporary-directory.ts';

/** A session in a root of its own, and hands for its files. */
export interface LibraryHost {
  readonly session: Session;
  readonly root: string;
  real(path: string): string;
  write(path: string, text: string, mode?: number): void;
  /** Text, or null when there is no such file. */
  read(path: string): string | null;
  /** Every file with its text, but those of the state directory. */
  files(): Readonly<Record<string, string>>;
}

export async function libraryHost(root: string = temporaryDirectory()): Promise<LibraryHost> {
  const session = await openSession({
    root,
    host: 'cp-1',
    cwd: '/',
    env: { PATH: process.env['PATH'] },
    actor: 'tester',
    lockTimeout: 1000 as Millis,
  });
  const real = (path: string): string => join(root, path);
  const read = (path: string): string | null =>
    statSync(real(path), { throwIfNoEntry: false }) === undefined
      ? null
      : readFileSync(real(path), 'utf8');
  return {
    session,
    root,
    real,
    read,
    write(path, text, mode = 0o644) {
      mkdirSync(dirname(real(path)), { recursive: true });
      writeFileSync(real(path), text, { mode });
    },
    files() {
      const entries = readdirSync(root, { recursive: true, withFileTypes: true });
      const paths = entries
        .filter((entry) => entry.isFile() || entry.isSymbolicLink())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
        .filter((path) => !path.startsWith('/var/lib/setpoint/'));
      return Object.fromEntries(paths.toSorted().map((path) => [path, read(path) ?? '']));
    },
  };
}

/** What a call was refused with. */
export async function refusal(work: Promise<unknown>): Promise<SetpointError> {
  const error: unknown = await work.catch((reason: unknown) => reason);
  if (error instanceof SetpointError) return error;
  throw new Error(`it was not refused: ${String(error)}`);
}
