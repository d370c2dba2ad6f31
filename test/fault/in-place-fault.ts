import { spawnSync } from 'node:child_process';

export type Mode = 'keep' | 'revert' | 'recover';

export interface Faulted {
  readonly killed: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs the script with `inject` (strace's `-e inject=` after the `=`), e.g. `rename:signal=SIGKILL:when=3`. Counting is exact
 * because one thread does all asynchronous file calls. `threads`: also in that thread (fsync) and in git. `only`:
 * calls on this path alone count.
 */
export function runFaulty(
  script: string,
  root: string,
  mode: Mode,
  inject: string,
  threads: boolean,
  only?: string,
): Faulted {
  const call = inject.split(':')[0] ?? '';
  const path = only === undefined ? [] : ['-P', only];
  const flags = [...(threads ? ['-f'] : []), ...path, '-qq', '-o', '/dev/null'];
  const result = spawnSync(
    'strace',
    [
      ...flags,
      '-e',
      `trace=${call}`,
      '-e',
      `inject=${inject}`,
      process.execPath,
      script,
      root,
      mode,
    ],
    { encoding: 'utf8', env: { ...process.env, UV_THREADPOOL_SIZE: '1' }, timeout: 30_000 },
  );
  const killed = result.signal === 'SIGKILL' || result.status === 137;
  return { killed, stdout: result.stdout, stderr: result.stderr };
}
