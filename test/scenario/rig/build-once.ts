import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TOP = fileURLToPath(new URL('../../../', import.meta.url));
const SOURCES = ['src', 'schemas', 'package.json'];

/** Vitest global set-up: the tests run the built command, so it is built when a source is newer than the build. */
export function setup(): void {
  const built = statSync(join(TOP, 'dist/run.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (SOURCES.some((source) => newest(join(TOP, source)) > built))
    execFileSync('npm', ['run', '--silent', 'build'], { cwd: TOP, stdio: 'inherit' });
}

function newest(path: string): number {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
