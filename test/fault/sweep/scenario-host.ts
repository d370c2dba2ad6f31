import { join } from 'node:path';
import type { Guardian } from '../../../src/apply/guardian/guardian.ts';
import type { RunContext } from '../../../src/apply/machine/run-input.ts';
import { startGuardian } from '../../../src/apply/guardian/start-guardian.ts';
import { openStateRepository } from '../../../src/git/record/state-repository.ts';
import { openHost } from '../../../src/host/open-host.ts';
import type { Host } from '../../../src/host/ports.ts';
import type { HostName, Millis, RealPath } from '../../../src/model/brand.ts';
import { sha256 } from '../../unit/apply/run-rig.ts';
import type { RunEvent } from '../../../src/model/run-event.ts';

export const HOST = 'cp-1' as HostName;
/** Every apply and every recovery happens at this moment: equal commits, equal reports. */
const NOW = new Date('2026-01-02T03:04:05.000Z');
/** How long a lock is waited for, milliseconds. A killed applier's git may still hold it. */
const LOCK_WAIT = Number(process.env['SETPOINT_SWEEP_LOCK_WAIT'] ?? 5000) as Millis;

/** The host under a root, its lock held. */
export interface Scenario {
  readonly root: RealPath;
  readonly context: RunContext;
  readonly interrupt: AbortController;
  /** Called with each event of the run. */
  readonly listeners: ((event: RunEvent) => void)[];
  close(): Promise<void>;
}

/**
 * Opens the host and takes its lock. Whoever recovers signs otherwise than the applier did, as with most keys nobody can sign
 * twice alike. Errors: SP6020 (exit 5) when it is held, SP60xx.
 */
export async function openScenario(
  root: string,
  who: 'applier' | 'recovery' = 'applier',
): Promise<Scenario> {
  const env = { PATH: process.env['PATH'] };
  const real = await openHost({ root, env });
  const host: Host = { ...real, clock: { ...real.clock, now: () => NOW } };
  const lock = await host.locks.acquire(
    join(host.stateDir, 'lock') as RealPath,
    'sweep',
    LOCK_WAIT,
  );
  const state = openStateRepository({
    stateDir: host.stateDir,
    host: HOST,
    newHostId: () => '00000000-0000-4000-8000-000000000000',
    searchPath: env.PATH,
    lockFd: lock.fd,
    signer: (_, payload) =>
      Promise.resolve(`-----BEGIN SSH SIGNATURE-----\n${sha256(who + payload)}`),
  });
  const interrupt = new AbortController();
  const listeners: ((event: RunEvent) => void)[] = [];
  const listener = (event: RunEvent): void => {
    for (const hear of listeners) hear(event);
  };
  const { signal } = interrupt;
  const guardian = openGuardian(host, lock.fd);
  const context = { host, state, listener, signal, lock, toolVersion: '0.1.0', guardian };
  const close = async (): Promise<void> => {
    await guardian?.dismiss();
    lock.release();
  };
  return { root: host.root.dir, context, interrupt, listeners, close };
}

/** A guardian where the environment names its program. */
function openGuardian({ root, stateDir }: Host, lockFd: number): Guardian | undefined {
  const program = process.env['SETPOINT_SWEEP_GUARDIAN'];
  if (program === undefined) return undefined;
  return startGuardian({
    node: process.execPath,
    program,
    root: root.dir,
    hostName: HOST,
    stateDir,
    lockFd,
    logPath: join(stateDir, 'guardian.log'),
    env: guardianEnvironment(),
    scope: false,
  });
}

/** The sweep's own variables too: fixed names, and whether strace is to watch it. */
function guardianEnvironment(): Readonly<Record<string, string>> {
  const names = process.env['SETPOINT_SWEEP_GUARDIAN_NAMES'];
  const strace = process.env['SETPOINT_SWEEP_GUARDIAN_STRACE'];
  return {
    PATH: process.env['PATH'] ?? '',
    UV_THREADPOOL_SIZE: '1',
    ...(names === undefined ? {} : { SETPOINT_SWEEP_NAMES: names }),
    ...(strace === undefined ? {} : { SETPOINT_SWEEP_STRACE: strace }),
  };
}
