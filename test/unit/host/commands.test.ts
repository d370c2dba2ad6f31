import {
  chmodSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cleanEnvironment, hostCommands } from '../../../src/host/commands.ts';
import type { CommandOptions, CommandResult } from '../../../src/host/ports.ts';
import { procProcesses } from '../../../src/host/processes.ts';
import type { Millis } from '../../../src/model/brand.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { withoutRoot } from './privileges.ts';

const commands = hostCommands({ PATH: process.env['PATH'], SECRET_TOKEN: 'leak' });

function run(
  argv: readonly string[],
  options: Partial<CommandOptions> = {},
): Promise<CommandResult> {
  return commands.run(argv, { cwd: '/', timeout: 30_000 as Millis, ...options });
}

function sh(script: string, options: Partial<CommandOptions> = {}): Promise<CommandResult> {
  return run(['sh', '-c', script], options);
}

/** Resolves when the file has appeared in the directory. */
function appeared(directory: string, name: string): Promise<void> {
  return new Promise((resolve) => {
    const watcher = watch(directory, check);
    function check(): void {
      if (!existsSync(join(directory, name))) return;
      watcher.close();
      resolve();
    }
    check();
  });
}

async function isAlive(pid: number): Promise<boolean> {
  return (await procProcesses().list()).some((found) => found.pid === pid);
}

/** Starts a grandchild that ignores SIGTERM, and writes its pid to `pid` in `directory`. */
const STUBBORN = `sh -c 'trap "" TERM; echo $$ > pid.new; mv pid.new pid; while :; do sleep 1000; done' & wait`;

describe('running a program', () => {
  test('gives exit code, signal and both outputs; arguments are not seen by a shell', async () => {
    expect(await run(['printf', '%s|', '$HOME', 'a b', ';id', ''])).toEqual({
      exitCode: 0,
      signal: null,
      stdout: '$HOME|a b|;id||',
      stderr: '',
      timedOut: false,
      spawnError: null,
    });
    expect(await sh('echo oops >&2; exit 7')).toMatchObject({ exitCode: 7, stderr: 'oops\n' });
    expect(await sh('kill -USR1 $$')).toMatchObject({ exitCode: null, signal: 'SIGUSR1' });
  });

  test('the environment is small and clean, and extended by the caller', async () => {
    const { stdout } = await run(['env'], { env: { KUBECONFIG: '/k' } });
    const names = stdout
      .trim()
      .split('\n')
      .map((line) => line.split('=')[0] ?? '');
    expect(names.toSorted()).toEqual(['HOME', 'KUBECONFIG', 'LANG', 'PATH', 'USER']);
    expect(cleanEnvironment({})['PATH']).toContain('/usr/sbin');
    expect(cleanEnvironment({})).toMatchObject({ LANG: 'C.UTF-8' });
  });

  test('stdin is closed unless there is input; unread input does no harm', async () => {
    expect(await run(['cat'])).toMatchObject({ exitCode: 0, stdout: '' });
    expect(await run(['cat'], { input: 'über\n' })).toMatchObject({ stdout: 'über\n' });
    const unread = await run(['true'], { input: 'x'.repeat(1_000_000) });
    expect(unread).toMatchObject({ exitCode: 0, spawnError: null });
  });

  test('more than 1 MiB of output is cut, the program does not notice', async () => {
    const result = await sh('head -c 3000000 /dev/zero | tr "\\0" x; echo done >&2');
    expect(result.exitCode).toBe(0);
    expect(result.stdout).toBe('x'.repeat(1024 * 1024));
    expect(result.stderr).toBe('done\n');
  });

  test('files that this process has open do not reach the program', async () => {
    const open = join(temporaryDirectory(), 'open');
    const fd = openSync(open, 'w');
    const { stdout } = await sh('ls -l /proc/$$/fd');
    closeSync(fd);
    expect(stdout).toContain(' 0 -> /dev/null');
    expect(stdout).not.toContain(open);
  });

  test('it leads a process group of its own, told before it ends', async () => {
    let group = 0;
    const { stdout } = await sh(
      'echo $$; ps -o pgid= -p $$ 2>/dev/null || cut -d" " -f5 /proc/$$/stat',
      {
        onStart: (started) => {
          group = started;
        },
      },
    );
    const [pid, pgid] = stdout.trim().split('\n').map(Number);
    expect(pid).toBe(group);
    expect(pgid).toBe(group);
  });

  test('a daemon left behind with our pipes does not hold up the result', async () => {
    let group = 0;
    const directory = temporaryDirectory();
    const result = await sh('sleep 1000 & echo $! > daemon; echo started', {
      cwd: directory,
      onStart: (started) => {
        group = started;
      },
    });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'started\n', timedOut: false });
    expect(await isAlive(Number(readFileSync(join(directory, 'daemon'), 'utf8')))).toBe(true);
    process.kill(-group, 'SIGKILL');
  });
});

describe('ending a program', () => {
  test('a timeout ends the whole group, also grandchildren that ignore SIGTERM', async () => {
    const directory = temporaryDirectory();
    const result = await sh(STUBBORN, { cwd: directory, timeout: 2_500 as Millis });
    expect(result).toMatchObject({ timedOut: true, spawnError: null });
    expect(result.exitCode === 0).toBe(false);
    expect(await isAlive(Number(readFileSync(join(directory, 'pid'), 'utf8')))).toBe(false);
  });

  test('an abort does the same', async () => {
    const directory = temporaryDirectory();
    const controller = new AbortController();
    const running = sh(STUBBORN, { cwd: directory, signal: controller.signal });
    await appeared(directory, 'pid');
    controller.abort();
    expect(await running).toMatchObject({ timedOut: false, exitCode: null, signal: 'SIGTERM' });
    expect(await isAlive(Number(readFileSync(join(directory, 'pid'), 'utf8')))).toBe(false);
  });

  test('an abort before the start starts nothing', async () => {
    const directory = temporaryDirectory();
    const result = await sh('touch started', { cwd: directory, signal: AbortSignal.abort() });
    expect(result.spawnError).toContain('interrupted before it started');
    expect(existsSync(join(directory, 'started'))).toBe(false);
  });

  test('what cannot be noted in a journal does not go on running', async () => {
    let group = 0;
    const result = await sh('sleep 1000', {
      onStart: (started) => {
        group = started;
        throw new Error('journal is full');
      },
    });
    expect(result.spawnError).toContain('journal is full');
    expect(await isAlive(group)).toBe(false);
  });
});

describe('a program that cannot be started', () => {
  test.each([
    ['an unknown program', ['no-such-program'], 'no-such-program was not found'],
    ['a directory', ['/etc'], '/etc is not executable'],
    ['an empty command', [], 'the command is empty'],
    ['an empty name', [''], 'the command is empty'],
    ['a NUL', ['echo', 'a\0b'], 'null bytes'],
    ['3 MB of arguments', ['echo', 'x'.repeat(3_000_000)], 'its arguments are too long'],
  ])('%s gives a reason', async (_, argv, reason) => {
    const result = await run(argv);
    expect(result).toMatchObject({ exitCode: null, signal: null, timedOut: false });
    expect(result.spawnError).toContain(reason);
  });

  test('a missing working directory is not taken for a missing program', async () => {
    const result = await run(['true'], { cwd: '/no/such/place' });
    expect(result.spawnError).toBe('its working directory /no/such/place is missing');
  });

  test('scripts: no permission, unknown interpreter', async () => {
    const directory = temporaryDirectory();
    chmodSync(directory, 0o755);
    const script = join(directory, 'script');
    writeFileSync(script, '#!/no/such/interpreter\n', { mode: 0o644 });
    const denied = await withoutRoot(() => run([script]));
    expect(denied.spawnError).toContain('is not executable by this user');
    chmodSync(script, 0o755);
    expect((await run([script])).spawnError).toContain('interpreter');
  });
});
