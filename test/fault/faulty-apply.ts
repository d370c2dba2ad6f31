import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new root with the old state of the two files: one there, one absent with its directory. */
export function newRoot(): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'setpoint-fault-')));
  mkdirSync(join(root, 'etc/app/manifests'), { recursive: true });
  writeFileSync(join(root, 'etc/app/manifests/a.yaml'), 'old a\n', { mode: 0o600 });
  return root;
}

export function removeRoot(root: string): void {
  rmSync(root, { recursive: true, force: true });
}

/** File calls of an undisturbed run in the order they began, git's included, each with the paths of its descriptors. */
export function traceCalls(script: string, root: string, mode: 'keep'): readonly string[] {
  const log = join(root, 'trace');
  const calls = 'trace=rename,renameat,renameat2,link,linkat,unlink,mkdir,fsync';
  spawnSync(
    'strace',
    ['-f', '-y', '-qq', '-s', '300', '-o', log, '-e', calls, process.execPath, script, root, mode],
    {
      env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
      timeout: 30_000,
    },
  );
  const lines = readFileSync(log, 'utf8').split('\n');
  return lines.filter((line) => line.includes(root)).map((line) => line.replaceAll(root, ''));
}
