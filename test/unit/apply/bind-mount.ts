import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why bind mounts cannot be tested here, or null. */
export function bindMountMissing(): string | null {
  const dir = mkdtempSync(join(tmpdir(), 'setpoint-bind-'));
  const [from, to] = [join(dir, 'from'), join(dir, 'to')];
  for (const path of [from, to]) writeFileSync(path, '');
  const works = bindMount(from, to);
  if (works) unmount(to);
  rmSync(dir, { recursive: true });
  return works ? null : 'needs root and the right to mount';
}

/** Mounts one file on another. Returns whether that worked. */
export function bindMount(from: string, to: string): boolean {
  return spawnSync('mount', ['--bind', from, to]).status === 0;
}

export function unmount(path: string): void {
  spawnSync('umount', [path]);
}
