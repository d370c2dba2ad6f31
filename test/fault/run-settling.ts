import { spawnSync } from 'node:child_process';

/**
 * Runs the script settle-two-files with `inject` (strace's `-e inject=` after the `=`), e.g. `rename:signal=SIGKILL:when=3`; null:
 * undisturbed. Only calls of the main thread count: strace counts by thread.
 */
export function runSettling(
  script: string,
  root: string,
  mode: 'stuck' | 'take-old' | 'take-new' | 'keep-live',
  inject: string | null,
): { readonly killed: boolean; readonly stdout: string } {
  const call = inject?.split(':')[0] ?? '';
  const strace = ['-qq', '-o', '/dev/null', '-e', `trace=${call}`, '-e', `inject=${inject ?? ''}`];
  const node = [process.execPath, script, root, mode];
  const [program = '', ...args] = inject === null ? node : ['strace', ...strace, ...node];
  const env = { ...process.env, UV_THREADPOOL_SIZE: '1' };
  const result = spawnSync(program, args, { encoding: 'utf8', env, timeout: 60_000 });
  const killed = result.signal === 'SIGKILL' || result.status === 137;
  return { killed, stdout: result.stdout };
}
