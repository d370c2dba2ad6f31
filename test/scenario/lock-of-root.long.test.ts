import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, truncateSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { applyInGateWait } from './rig/gate-wait.ts';
import { filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { ENTRY } from './rig/setpoint-process.ts';
import type { SetpointProcess } from './rig/setpoint-process.ts';

const OTHER = 65534;

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
  await rig.workspace.plan('app', filePlan());
  await rig.workspace.commit('level 1');
  await rig.applied();
});
afterEach(() => rig.close());

/** A command as a user without rights, in the same workspace: its whole output. */
function asOther(...args: readonly string[]): string {
  const ids = [`--reuid=${String(OTHER)}`, `--regid=${String(OTHER)}`, '--clear-groups'];
  const command = [process.execPath, ENTRY, ...args];
  const ran = spawnSync('setpriv', [...ids, ...command], {
    cwd: rig?.workspace.dir ?? '/',
    env: rig?.env ?? {},
    encoding: 'utf8',
  });
  return `${ran.stdout}${ran.stderr}`;
}

/** Root works in the state directory of the other user, who may look at all of it. */
async function rootAtWork(): Promise<SetpointProcess> {
  chmodSync(rig.dir, 0o755);
  spawnSync('chown', ['-R', String(OTHER), rig.stateDir]);
  const running = await applyInGateWait(rig);
  spawnSync('chown', ['-R', String(OTHER), rig.stateDir, rig.workspace.dir]);
  return running;
}

const possible = process.geteuid?.() === 0 && asOther('--version').includes('setpoint');

it.skipIf(!possible)(
  'who may not see that root holds the lock is told that somebody works, never that nobody does (needs root)',
  async () => {
    const running = await rootAtWork();
    const lock = `${rig.stateDir}/lock`;
    const where = ['--root', rig.root];
    expect(asOther('status', ...where)).toContain(
      `running: pid ${String(running.pid)} (setpoint apply)`,
    );
    const hide = [
      (): void => truncateSync(lock),
      (): void => {
        chownSync(lock, 0, 0);
        chmodSync(lock, 0o600);
      },
    ];
    for (const act of hide) {
      act();
      expect(asOther('locks', ...where)).toContain("held by another user's process, which root");
      for (const words of [['status'], ['recover', '--dry-run'], ['plan'], ['doctor']]) {
        const told = asOther(...words, ...where);
        expect(told).toContain('a process that is not known here');
        expect(told).not.toMatch(
          /pid 0|nobody|left open|open run |The run lock is free|lock: free/,
        );
      }
    }
    await rig.mark('open');
    await running.result;
  },
);

it.skipIf(!possible)(
  'what root left in the directory of another user is told to that user with the command that gives it back (needs root)',
  async () => {
    const running = await rootAtWork();
    chownSync(`${rig.stateDir}/lock`, 0, 0);
    await rig.mark('open');
    await running.result;
    const told = asOther('status', '--root', rig.root);
    expect(told).toContain('belongs to user 0');
    const [, repair = 'false'] = /as root: (chown -R [^\n;]+)/.exec(told) ?? [];
    spawnSync('sh', ['-c', repair]);
    expect(asOther('status', '--root', rig.root)).toContain('1 file as recorded.');
  },
);
