import { readFileSync } from 'node:fs';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { EXIT } from '../model/outcome.ts';
import { errorWords } from './file-errors.ts';

/** One line of mountinfo (proc(5)): where something is mounted, and what. */
export interface Mount {
  /** Absolute path as this process sees it. */
  readonly point: string;
  /** The directory or file inside the mounted file system; not `/` for bind mounts. */
  readonly fsRoot: string;
  readonly fsType: string;
  readonly source: string;
  readonly readOnly: boolean;
}

/** Mounts in the order of mounting: of two on the same point, the later one is visible. */
export interface MountTable {
  mountPoints(): ReadonlySet<string>;
  /** The mount that holds `realPath` (absolute, without symlinks). */
  mountOf(realPath: string): Mount | undefined;
}

/** Parses the text of /proc/self/mountinfo; fields are those of proc(5), `\040` and the like are octal escapes. */
export function parseMounts(text: string): readonly Mount[] {
  const mounts: Mount[] = [];
  for (const line of text.split('\n')) {
    const fields = line.split(' ');
    const separator = fields.indexOf('-', 6);
    const [, , , fsRoot, point, options] = fields;
    if (separator === -1 || fsRoot === undefined || point === undefined) continue;
    mounts.push({
      point: unescape(point),
      fsRoot: unescape(fsRoot),
      fsType: fields[separator + 1] ?? '',
      source: unescape(fields[separator + 2] ?? ''),
      readOnly: (options ?? '').split(',').includes('ro'),
    });
  }
  return mounts;
}

/** Look-ups over parsed mounts. */
export function mountTable(mounts: readonly Mount[]): MountTable {
  const byPoint = new Map(mounts.map((mount) => [mount.point, mount]));
  return {
    mountPoints: () => new Set(byPoint.keys()),
    mountOf(realPath) {
      for (let path = realPath; ; path = path.slice(0, path.lastIndexOf('/'))) {
        const mount = byPoint.get(path === '' ? '/' : path);
        if (mount !== undefined || path === '' || path === '/') return mount;
      }
    },
  };
}

/** The mounts that this process sees now. Errors: SetpointError SP6040, exit 1. */
export function readMounts(file = '/proc/self/mountinfo'): MountTable {
  try {
    return mountTable(parseMounts(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new SetpointError(
      EXIT.failed,
      [
        {
          code: 'SP6040',
          severity: 'error',
          message: `cannot read ${file}: ${errorWords(error)}`,
          help: 'Mount points are read from /proc: mount it and run the command again.',
        },
      ],
      { cause: error },
    );
  }
}

function unescape(field: string): string {
  return field.replaceAll(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCodePoint(Number.parseInt(octal, 8)),
  );
}
