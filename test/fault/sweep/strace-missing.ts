import { spawnSync } from 'node:child_process';

/** Why strace cannot be used here, or null. Containers often forbid ptrace. */
export function straceMissing(): string | null {
  const tried = spawnSync('strace', ['-e', 'trace=none', 'true'], { encoding: 'utf8' });
  if (tried.error !== undefined) return 'strace is not installed';
  return tried.status === 0 ? null : `strace does not work here: ${tried.stderr.trim()}`;
}
