import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TOP = fileURLToPath(new URL('../../../', import.meta.url));
const SOURCES = ['src', 'schemas', 'package.json'];

/**
 * Vitest global set-up: the tests run the built command, so it is built when a source is newer than the build. What test processes share
 * lies in one directory, because they are ended without a chance to remove it.
 */
export function setup(): () => void {
  const shared = mkdtempSync(join(tmpdir(), 'setpoint-shared-'));
  process.env['SETPOINT_TEST_SHARED'] = shared;

  const built = statSync(join(TOP, 'dist/run.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (SOURCES.some((source) => newest(join(TOP, source)) > built))
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: TOP, stdio: 'inherit' });
  return () => rmSync(shared, { recursive: true, force: true });
}

function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
