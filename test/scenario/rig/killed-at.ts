import { spawnSync } from 'node:child_process';
import type { Rig } from './rig.ts';
import { ENTRY } from './setpoint-process.ts';

/** `null`, or why `applyKilledAt` cannot work here. */
export const NO_STRACE =
  spawnSync('strace', ['-V']).error === undefined || process.env.CI === 'true' ? null : 'no strace';

/**
 * `apply --auto-approve` killed right before the first system call `call` of its main thread: `link` is in staging, before the
 * commit point; `unlink` comes right after the decision. Its guardian is not traced. Throws unless it was killed.
 */
export function applyKilledAt(rig: Rig, call: 'link' | 'unlink', ...args: readonly string[]): void {
  killedAt(rig, { call, path: null }, 'apply', '--auto-approve', ...args);
}

export interface KillPoint {
  readonly call: 'link' | 'rename' | 'unlink';
  /** Only calls whose first path is this count (strace sees no second one); null: any. */
  readonly path: string | null;
}

/** A command killed right before the first such system call of its main thread. Throws unless it was killed. */
export function killedAt(rig: Rig, { call, path }: KillPoint, ...args: readonly string[]): void {
  const only = path === null ? [] : ['-P', path];
  const fault = ['-qq', '-o', '/dev/null', ...only, '-e', `trace=${call}`];
  const inject = ['-e', `inject=${call}:signal=SIGKILL:when=1`];
  const command = [process.execPath, ENTRY, ...args, '--root', rig.root];
  const ran = spawnSync('strace', [...fault, ...inject, ...command], {
    cwd: rig.workspace.dir,
    env: rig.env,
    encoding: 'utf8',
  });
  if (ran.signal === 'SIGKILL' || ran.status === 137) return;
  throw new Error(`${args.join(' ')} was not killed at ${call}:\n${ran.stdout}\n${ran.stderr}`);
}
