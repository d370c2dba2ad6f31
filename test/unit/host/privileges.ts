import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export const isRoot = process.geteuid?.() === 0;

/** Why mounting cannot be tested here, or `null`. */
export const mountProblem: string | null = findMountProblem();

/** Runs `body` without root's rights: root becomes nobody meanwhile, another user stays who he is. */
export async function withoutRoot<T>(body: () => Promise<T> | T): Promise<T> {
  if (!isRoot) return body();
  process.setegid?.(65534);
  process.seteuid?.(65534);
  try {
    return await body();
  } finally {
    process.seteuid?.(0);
    process.setegid?.(0);
  }
}

/** Mounts for the duration of the running test. */
export function mount(...args: readonly string[]): void {
  const target = args.at(-1) ?? '';
  execFileSync('mount', args, { stdio: 'pipe' });
  onTestFinished(() => {
    execFileSync('umount', [target], { stdio: 'pipe' });
  });
}

function findMountProblem(): string | null {
  if (!isRoot) return 'needs root to mount';
  const directory = mkdtempSync(join(tmpdir(), 'setpoint-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', directory], { stdio: 'pipe' });
    execFileSync('umount', [directory], { stdio: 'pipe' });
    return null;
  } catch {
    return 'this machine does not allow mounting';
  } finally {
    rmdirSync(directory);
  }
}
