import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { buildScriptIn } from './build-script.ts';

export interface Writers {
  readonly processes: number;
  readonly entries: number;
  /** `mixed`: every second one writes by version, the others under the lock. */
  readonly mode: 'write' | 'update' | 'mixed';
}

export interface Written {
  /** What those said that did not end well. */
  readonly failed: readonly string[];
  /** Entries that are not there, or not as they were written. */
  readonly lost: readonly string[];
  /** Names beside the document: what a writer left behind. */
  readonly leftOver: readonly string[];
  /** How often somebody lost the race and tried again. */
  readonly again: number;
}

const PATH = '/data/document.yaml';

/** Lets processes add entries of their own to one document at the same time, and counts what is not there in the end. */
export async function writeTogether({ processes, entries, mode }: Writers): Promise<Written> {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'setpoint-documents-')));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const script = buildScriptIn(directory, 'document-writer');
  const root = join(directory, 'root');
  mkdirSync(join(root, 'data'), { recursive: true });
  const names = Array.from({ length: processes }, (_, i) => `w${String(i)}`);
  const ends = await Promise.all(
    names.map((name, i) => {
      const own = i % 2 === 0 ? 'write' : 'update';
      return ended([script, root, PATH, name, String(entries), mode === 'mixed' ? own : mode]);
    }),
  );
  const failed = ends.filter((said) => !/^\d+$/.test(said));
  if (failed.length === processes) throw new Error(failed[0]);
  // Throws where it is corrupt: then everything is lost.
  const held = parse(readFileSync(join(root, PATH), 'utf8')) as Record<string, unknown>;
  const wanted = names.flatMap((name) =>
    Array.from({ length: entries }, (_, i) => [`${name}-${String(i)}`, i] as const),
  );
  return {
    failed,
    lost: wanted.filter(([key, value]) => held[key] !== value).map(([key]) => key),
    leftOver: readdirSync(join(root, 'data')).filter((name) => name !== 'document.yaml'),
    again: ends.reduce((sum, said) => sum + (Number(said) || 0), 0),
  };
}

async function ended(args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [out, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return code === 0 ? out : `${String(code)}: ${errors}`;
}
