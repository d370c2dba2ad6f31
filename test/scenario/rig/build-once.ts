import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TOP = fileURLToPath(new URL('../../../', import.meta.url));
const SOURCES = ['src', 'schemas', 'package.json'];

const MEMORY = '/dev/shm';
/** Bytes: hosts of some stories hold thousands of files. */
const ROOM = 2 ** 29;

/**
 * Vitest global set-up: the tests run the built command, so it is built when a source is newer than the build. What test processes share
 * lies in one directory, because they are ended without a chance to remove it. It is in memory where there is room: stories sync as
 * always, and need not wait for a disk that nobody cuts the power of.
 */
export function setup(): () => void {
  const shared = makeDirectory(MEMORY) ?? mkdtempSync(join(tmpdir(), 'setpoint-shared-'));
  // Some stories run as another user.
  chmodSync(shared, 0o755);
  process.env['SETPOINT_TEST_SHARED'] = shared;

  const built = statSync(join(TOP, 'dist/run.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (SOURCES.some((source) => newest(join(TOP, source)) > built))
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: TOP, stdio: 'inherit' });
  return () => rmSync(shared, { recursive: true, force: true });
}

/** A directory there that has room and lets programs be run; null where there is none. */
function makeDirectory(parent: string): string | null {
  let made: string | null = null;
  try {
    const { bavail, bsize } = statfsSync(parent);
    if (bavail * bsize < ROOM) return null;
    made = mkdtempSync(join(parent, 'setpoint-shared-'));
    const program = join(made, 'program');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 });
    if (spawnSync(program).status === 0) return made;
  } catch {
    // The disk, then.
  }
  if (made !== null) rmSync(made, { recursive: true, force: true });
  return null;
}

function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
