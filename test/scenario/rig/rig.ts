import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { lockHolders } from '../../../src/host/lock-holders.ts';
import type { RealPath } from '../../../src/model/brand.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { copyHost } from './host-fixture.ts';
import type { HostFixture } from './host-fixture.ts';
import { isFree, runHere } from './in-process.ts';
import { startSetpoint } from './setpoint-process.ts';
import type { CliResult, SetpointProcess } from './setpoint-process.ts';
import { createWorkspace } from './workspace.ts';
import type { Workspace } from './workspace.ts';

export interface RigOptions {
  readonly host?: HostFixture;
  readonly values?: Readonly<Record<string, string | number>>;
  readonly workspaceName?: string;
  /** Further lines of `setpoint.yaml`. */
  readonly settings?: string;
  /** For stories in which it matters what kind of file system the host has: elsewhere it may be in memory. */
  readonly onDisk?: boolean;
}

/** A temporary host, a workspace, and the command line that joins them. */
export interface Rig {
  readonly dir: string;
  readonly root: string;
  readonly stateDir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly workspace: Workspace;
  /** Real path of a host path. */
  readonly real: (hostPath: string) => string;
  readonly read: (hostPath: string) => Promise<string>;
  readonly put: (hostPath: string, text: string, mode?: number) => Promise<void>;
  /** Creates `<dir>/<name>`, beside the host, for commands in gates to find; `marked` reads what they wrote. */
  readonly mark: (name: string) => Promise<void>;
  readonly marked: (name: string) => Promise<string>;
  /** Runs `setpoint ARGS… --root ROOT` in the workspace, or in `cwd`, to its end: in the test's process where that is free. */
  readonly setpoint: (...args: readonly string[]) => Promise<CliResult>;
  readonly setpointIn: (cwd: string, args: readonly string[], input?: string) => Promise<CliResult>;
  /** The same in a process of its own, to be signalled and watched. */
  readonly start: (...args: readonly string[]) => SetpointProcess;
  /** `setpoint`, but throws with the whole output unless it exits with `code`. */
  readonly exits: (code: number, ...args: readonly string[]) => Promise<CliResult>;
  /** `apply --auto-approve`, without a guardian unless it has to wait; throws with the whole output unless it exits 0. */
  readonly applied: (...args: readonly string[]) => Promise<CliResult>;
  /** Subjects of the state repository's commits, newest first. */
  readonly stateLog: () => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
}

const VERBS_WITHOUT_ROOT: ReadonlySet<string> = new Set([
  'explain',
  'schema',
  '--help',
  '--version',
]);

/** Builds a rig in a temporary directory; `close()` ends what it started and removes everything. */
export async function createRig(options: RigOptions = {}): Promise<Rig> {
  const dir = await makeRigDirectory(options);
  const root = join(dir, 'root');
  await copyHost(options.host ?? 'control-plane', root, options.values);
  const env = cleanEnvironment(dir);
  const workspace = await createWorkspace(
    join(dir, 'workspace'),
    options.workspaceName ?? 'platform',
    env,
    options.settings,
  );
  const started = new Set<SetpointProcess>();

  const rooted = (args: readonly string[]): readonly string[] =>
    VERBS_WITHOUT_ROOT.has(args[0] ?? '') ? args : [...args, '--root', root];

  function startIn(cwd: string, args: readonly string[], input?: string): SetpointProcess {
    const running = startSetpoint(rooted(args), {
      cwd,
      env,
      ...(input === undefined ? {} : { input }),
    });
    started.add(running);
    void running.result.finally(() => started.delete(running)).catch(() => {});
    return running;
  }

  function ended(cwd: string, args: readonly string[], input?: string): Promise<CliResult> {
    if (!isFree()) return startIn(cwd, args, input).result;
    return runHere(rooted(args), { cwd, env, ...(input === undefined ? {} : { input }) });
  }

  async function exits(code: number, ...args: readonly string[]): Promise<CliResult> {
    const result = await ended(workspace.dir, args);
    if (result.code === code) return result;
    throw new Error(
      `${args.join(' ')} exited ${result.code}, not ${code}\n${result.stdout}\n${result.stderr}`,
    );
  }

  return {
    dir,
    root,
    stateDir: join(root, 'var/lib/setpoint'),
    env,
    workspace,
    real: (path) => join(root, path),
    read: (path) => readFile(join(root, path), 'utf8'),
    async put(path, text, mode = 0o644) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text, { mode });
    },
    mark: (name) => writeFile(join(dir, name), ''),
    marked: (name) => readFile(join(dir, name), 'utf8'),
    setpoint: (...args) => ended(workspace.dir, args),
    setpointIn: (cwd, args, input) => ended(cwd, args, input),
    start: (...args) => startIn(workspace.dir, args),
    exits,
    applied: (...args) => exits(0, 'apply', '--auto-approve', ...unguarded(args), ...args),
    stateLog: () => stateSubjects(join(root, 'var/lib/setpoint/state.git'), env),
    async close() {
      for (const running of started) running.signal('SIGKILL');
      await Promise.allSettled([...started].map((running) => running.result));
      endHolders(join(root, 'var/lib/setpoint/lock') as RealPath);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function makeRigDirectory({ onDisk = false }: RigOptions): Promise<string> {
  const shared = process.env['SETPOINT_TEST_SHARED'];
  const parent = onDisk || shared === undefined ? tmpdir() : shared;
  return realpath(await mkdtemp(join(parent, 'setpoint-rig-')));
}

/** Guardians would settle in a directory that is being removed. */
function endHolders(lock: RealPath): void {
  for (const pid of lockHolders(lock)) process.kill(pid, 'SIGKILL');
}

async function stateSubjects(
  gitDir: string,
  env: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const args = ['--git-dir', gitDir, 'log', '--branches', '--format=%s'];
  const { stdout } = await promisify(execFile)('git', args, { env });
  return stdout.split('\n').filter((line) => line !== '');
}

/** Nobody is killed, and starting a guardian takes a third of the time of a small apply. */
function unguarded(args: readonly string[]): readonly string[] {
  return args.includes('--confirm-within') ? [] : ['--no-guardian'];
}
