import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { access, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandGate, filePlan, ONE_ATTEMPT } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { waitForFile } from './rig/wait-for-file.ts';

const ENTRY = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const CONF = '/etc/app/app.conf';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

interface Ended {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `setpoint ARGS` in a shell with `redirection`, to its end. */
function redirected(args: string, redirection: string): Promise<Ended> {
  const line = `exec ${process.execPath} ${ENTRY} ${args} --root ${rig.root} ${redirection}`;
  return new Promise((resolve) => {
    execFile(
      'sh',
      ['-c', line],
      { cwd: rig.workspace.dir, env: rig.env },
      (error, stdout, stderr) => {
        resolve({ code: error?.code ?? 0, stdout, stderr });
      },
    );
  });
}

async function propose(gate?: string): Promise<void> {
  await rig.workspace.plan('app', filePlan({ gates: gate === undefined ? [] : [gate] }));
  await rig.workspace.commit('app');
}

async function openRuns(): Promise<readonly string[]> {
  return readdir(join(rig.stateDir, 'journal')).catch(() => []);
}

/** /dev/full refuses every write with ENOSPC, as a full disk does. */
describe('a full disk behind', () => {
  it('stdout: apply does its work, exits 1 and says that its answer is lost', async () => {
    await propose();
    const ran = await redirected('apply --auto-approve', '> /dev/full');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('the answer could not be written: no space left');
    expect(ran.stderr).not.toContain('internal error');
    expect(await rig.read(CONF)).toBe('level = 1\n');
    expect(await openRuns()).toEqual([]);
    await rig.exits(0, 'plan', '--detailed-exitcode');
  });

  it('stdout: what the exit code says beyond "done" stays', async () => {
    await propose(commandGate('exit 1', ONE_ATTEMPT));
    const ran = await redirected('apply --auto-approve --json-stream', '> /dev/full');
    expect(ran.code).toBe(3);
    expect(ran.stderr).toContain('the answer could not be written');
  });

  it.each(['plan', 'plan --json', 'status', '--help'])('stdout: %s exits 1', async (args) => {
    await propose();
    const ran = await redirected(args === '--help' ? 'plan --help' : args, '> /dev/full');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/^error\[SP9012\]: the answer could not be written/);
  });

  it('stderr: progress is lost, the run and its exit code are not', async () => {
    await propose();
    const ran = await redirected('apply --auto-approve', '2> /dev/full');
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stdout).toContain('Applied: 1 plan');
    expect(await rig.read(CONF)).toBe('level = 1\n');
  });

  it('the log file: the run goes on', async () => {
    await propose();
    const ran = await redirected('apply --auto-approve --log-file /dev/full', '');
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.stderr).toContain('the log file cannot be written any more');
  });
});

it('readers of output and progress that leave while gates wait decide nothing: exit 0, the run is kept', async () => {
  await propose(commandGate(`touch ${rig.dir}/asked; test -e ${rig.dir}/healthy`));
  const child = spawn(process.execPath, [ENTRY, 'apply', '--auto-approve', '--root', rig.root], {
    cwd: rig.workspace.dir,
    env: rig.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  await waitForFile(join(rig.dir, 'asked'));
  child.stdout.destroy();
  child.stderr.destroy();
  await rig.mark('healthy');
  expect(await ended).toEqual([0, null]);
  expect(await rig.read(CONF)).toBe('level = 1\n');
  expect(await openRuns()).toEqual([]);
});

/** Why a terminal cannot be made here, or null. In CI a missing program is a failure, not a skip. */
const NO_TERMINAL =
  process.env.CI === 'true'
    ? null
    : (['script', 'setsid'].find((name) => spawnSync(name, ['--version']).error !== undefined) ??
      null);

/**
 * Runs `apply` on a terminal of its own (script(1), a leader of its session) and takes the terminal away as soon as the gate
 * waits. `launcher`: `setsid` keeps the kernel's SIGHUP from it, as only processes of the terminal's session get one.
 * `onHangup`: what the shell on the terminal does then.
 */
async function loseTerminal(launcher: 'exec' | 'setsid', onHangup: string): Promise<number> {
  const code = join(rig.dir, 'code');
  const shell = [
    `${launcher} ${process.execPath} ${ENTRY} apply --auto-approve --root ${rig.root} & pid=$!`,
    `trap '${onHangup}' HUP`,
    'wait $pid; code=$?',
    'while kill -0 $pid 2>/dev/null; do wait $pid; code=$?; done',
    `echo $code > ${code}.part; mv ${code}.part ${code}`,
  ].join('\n');
  await rig.workspace.write('../on-terminal.sh', shell);
  const terminal = spawn('script', ['-qec', `sh ${rig.dir}/on-terminal.sh`, '/dev/null'], {
    cwd: rig.workspace.dir,
    env: { ...rig.env, TERM: 'xterm' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await waitForFile(join(rig.dir, 'asked'));
  terminal.kill('SIGKILL');
  await waitForFile(code);
  return Number(await readFile(code, 'utf8'));
}

describe.skipIf(NO_TERMINAL !== null)(
  `a terminal that goes away while gates wait${NO_TERMINAL === null ? '' : ` (no ${NO_TERMINAL})`}`,
  () => {
    beforeEach(() => propose(commandGate(`touch ${rig.dir}/asked; test -e ${rig.dir}/healthy`)));

    it('is a hangup: the run is reverted and exits 129', async () => {
      expect(await loseTerminal('exec', ':')).toBe(129);
      await expect(access(rig.real(CONF))).rejects.toThrow('ENOENT');
      expect(await openRuns()).toEqual([]);
    });

    it('without a hangup decides nothing: the run ends by its gates', async () => {
      expect(await loseTerminal('setsid', `touch ${rig.dir}/healthy`)).toBe(1);
      expect(await rig.read(CONF)).toBe('level = 1\n');
      expect(await openRuns()).toEqual([]);
      expect((await rig.exits(0, 'history')).stdout).toContain('applied');
    });
  },
);
