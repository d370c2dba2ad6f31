import { spawn } from 'node:child_process';
import { MUTATING, type Target } from './system-calls.ts';

/** How a traced scenario process ended. */
export interface Ended {
  readonly status: number | null;
  readonly killed: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Traced {
  readonly script: string;
  readonly root: string;
  /** What scenario-process.ts is to do. */
  readonly action: string;
  /** Where strace writes what it saw. */
  readonly log: string;
  /** Options of strace that choose calls and what happens to them. */
  readonly strace: readonly string[];
  /** First character of its temporary names: two processes of one root must not share it. */
  readonly names?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** strace's options to write down every changing call. */
export const RECORD: readonly string[] = ['-y', '-s', '400', '-e', `trace=${MUTATING}`];

/** strace's options for a fault on one call below `root`: `signal=SIGKILL`, `error=EIO`. `from`: on every later one too. */
export function inject(
  root: string,
  { name, path, count }: Target,
  fault: string,
  from = '',
): string[] {
  const when = `inject=${name}:${fault}:when=${String(count)}${from}`;
  const only = path === null ? [] : ['-P', path === '/' ? root : root + path];
  return [...only, '-e', `trace=${name}`, '-e', when];
}

/**
 * Runs the scenario process under strace: its threads are followed, its children are not (they detach at execve). One thread
 * does all asynchronous file calls, so that counts are exact. Never `--seccomp-bpf`: strace 6.1 then ignores signals.
 */
export function runTraced(traced: Traced): Promise<Ended> {
  const { script, root, action, log, strace, names = '1', env = {} } = traced;
  const flags = ['-f', '-b', 'execve', '-qq', '-o', log, ...strace];
  return run('strace', [...flags, process.execPath, script, root, action], {
    UV_THREADPOOL_SIZE: '1',
    SETPOINT_SWEEP_NAMES: names,
    ...env,
  });
}

/** The same without strace. */
export function runPlain({
  script,
  root,
  action,
  env = {},
}: Omit<Traced, 'log' | 'strace'>): Promise<Ended> {
  return run(process.execPath, [script, root, action], env);
}

function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('error', reject);
    child.once('exit', (status, signal) => {
      const killed = signal === 'SIGKILL' || status === 137;
      const end = (): void => resolve({ status, killed, stdout, stderr });
      // What a killed applier leaves running may hold the pipes open: then they never close.
      const timer = setTimeout(end, 2000);
      child.once('close', () => {
        clearTimeout(timer);
        end();
      });
    });
  });
}
