import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startGuardian, type GuardianOptions } from '../../../src/apply/guardian/start-guardian.ts';
import type { Guardian } from '../../../src/apply/guardian/guardian.ts';
import { lockHolders } from '../../../src/host/lock-holders.ts';
import type { RealPath } from '../../../src/model/brand.ts';
import { HOST, openRig, type RunRig } from './run-rig.ts';

const PROGRAM = fileURLToPath(new URL('../../../dist/recovery/recovery.mjs', import.meta.url));

let rig: RunRig;
let guardian: Guardian | null = null;
beforeEach(async () => {
  rig = await openRig();
});
afterEach(async () => {
  await guardian?.dismiss();
  const others = lockHolders(lock()).filter((pid) => pid !== process.pid);
  for (const pid of others) process.kill(pid, 'SIGKILL');
  rig.close();
});

const lock = (): RealPath => join(rig.host.stateDir, 'lock') as RealPath;
const log = (): string => readFileSync(join(rig.host.stateDir, 'guardian.log'), 'utf8');

function start(options: Partial<GuardianOptions> = {}): Guardian {
  guardian = startGuardian({
    node: process.execPath,
    program: PROGRAM,
    root: rig.root,
    hostName: HOST,
    stateDir: rig.host.stateDir,
    lockFd: rig.context.lock.fd,
    logPath: join(rig.host.stateDir, 'guardian.log'),
    env: { PATH: process.env['PATH'] ?? '' },
    scope: false,
    ...options,
  });
  return guardian;
}

/** A `systemd-run` on PATH that notes its arguments and goes on as `script` says; `"$@"` is the command. */
function standIn(script: string): Readonly<Record<string, string>> {
  const bin = join(rig.root, 'bin');
  mkdirSync(bin);
  const file = join(bin, 'systemd-run');
  const skip =
    'while [ "$1" != -- ]; do echo "$1" >> "$(dirname "$0")/options"; shift; done; shift';
  writeFileSync(file, `#!/bin/sh\n${skip}\n${script}\n`);
  chmodSync(file, 0o755);
  return { PATH: `${bin}:${process.env['PATH'] ?? ''}` };
}

describe('a guardian', () => {
  it('shares the lock when it is ready, in a session of its own, under /', async () => {
    const started = start();
    await started.ready();
    expect(lockHolders(lock())).toEqual([process.pid, started.pid].toSorted((a, b) => a - b));
    const place = `/proc/${String(started.pid)}`;
    expect(readlinkSync(`${place}/cwd`)).toBe('/');
    expect(readFileSync(`${place}/environ`, 'utf8')).not.toContain('HOME=');
  });

  it('ends without a word when it is dismissed, also before it was ready', async () => {
    await start().dismiss();
    expect(log()).toBe('');
  });

  it('hears nothing as long as the applier lives, although the shell that started it has ended', async () => {
    const started = start();
    await started.ready();
    // When this process has heard of a later child's end, it has heard of the shell's.
    await promisify(execFile)('true');
    await started.dismiss();
    while (existsSync(`/proc/${String(started.pid)}/fd/3`)) await promisify(execFile)('true');
    expect(log()).toBe('');
  });

  it('whose program is broken is not ready: SP4230, and its own words are in the log', async () => {
    writeFileSync(join(rig.root, 'broken.mjs'), 'throw new Error("broken on purpose");');
    const started = start({ program: join(rig.root, 'broken.mjs') });
    await expect(started.ready()).rejects.toMatchObject({
      exitCode: 1,
      diagnostics: [{ code: 'SP4230', help: expect.stringContaining('--no-guardian') }],
    });
    expect(log()).toContain('broken on purpose');
  });

  it('that is given another file than the lock is not ready', async () => {
    const other = await rig.host.locks.acquire(
      join(rig.root, 'other') as RealPath,
      'test',
      1000 as never,
    );
    await expect(start({ lockFd: other.fd }).ready()).rejects.toMatchObject({ exitCode: 1 });
    expect(log()).toContain('SP6021');
    other.release();
  });

  it('is not started, and nothing hangs, where a named pipe stands in place of its log', async () => {
    execFileSync('mkfifo', [join(rig.host.stateDir, 'guardian.log')]);
    await expect(start().ready()).rejects.toMatchObject({
      diagnostics: [{ code: 'SP4230', message: expect.stringContaining('a named pipe') }],
    });
  });

  it('begins its log anew when it has grown', async () => {
    writeFileSync(join(rig.host.stateDir, 'guardian.log'), 'x'.repeat(70_000));
    await start().ready();
    expect(log()).toBe('');
    expect(existsSync(join(rig.host.stateDir, 'guardian.log.1'))).toBe(true);
  });
});

describe('through systemd-run', () => {
  it('is asked for as a scope that leaves nothing', async () => {
    const started = start({ scope: true, env: standIn('exec "$@"') });
    await started.ready();
    expect(lockHolders(lock())).toContain(started.pid);
    const options = readFileSync(join(rig.root, 'bin/options'), 'utf8').split('\n');
    expect(options).toEqual(expect.arrayContaining(['--scope', '--collect']));
  });

  it.each([
    ['fails', 'exit 1'],
    ['drops the lock', 'exec "$@" 3<&-'],
    ['gives it another file as the lock', 'exec "$@" 3</dev/null'],
    ['drops the pipe', 'exec "$@" 4>&-'],
  ])('is started plainly where that %s', async (_, script) => {
    const started = start({ scope: true, env: standIn(script) });
    await started.ready();
    expect(lockHolders(lock())).toContain(started.pid);
    expect(existsSync(join(rig.root, 'bin/options'))).toBe(true);
  });

  it('is started plainly where there is none', async () => {
    mkdirSync(join(rig.root, 'bin'));
    const env = { PATH: join(rig.root, 'bin') };
    for (const name of ['sh'])
      execFileSync('ln', ['-s', `/bin/${name}`, join(rig.root, 'bin', name)]);
    const started = start({ scope: true, env });
    await started.ready();
    expect(lockHolders(lock())).toContain(started.pid);
  });
});
