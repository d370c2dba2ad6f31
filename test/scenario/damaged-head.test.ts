import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
  await rig.workspace.plan('app', filePlan());
  await rig.workspace.commit('level 1');
  await rig.applied();
});
afterEach(() => rig.close());

const DAMAGE = [
  ['is missing', (file: string) => rmSync(file)],
  ['is empty', (file: string) => writeFileSync(file, '')],
  ['is garbage', (file: string) => writeFileSync(file, '\0\0\0\0')],
] as const;

it.each(DAMAGE)(
  'a HEAD of the recorded state that %s is never taken for a host without a record; the repair that is told makes plan work',
  async (_, damage) => {
    const head = `${rig.stateDir}/state.git/HEAD`;
    const before = await rig.exits(0, 'plan');
    damage(head);
    for (const command of [['plan'], ['status'], ['apply', '--auto-approve']]) {
      const refused = await rig.exits(1, ...command);
      expect(refused.stderr).toContain(`error[SP5011]: recorded state ${head} is damaged`);
    }
    const { stdout } = await rig.exits(1, 'doctor');
    const [, repair = 'false'] = /Write it anew: `([^`]+)`/.exec(stdout) ?? [];
    execFileSync('sh', ['-c', repair]);
    expect((await rig.exits(0, 'plan')).stdout).toBe(before.stdout);
    await rig.exits(0, 'doctor');
    await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
    await rig.workspace.commit('level 2');
    await rig.applied();
  },
);
