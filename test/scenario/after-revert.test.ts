import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApplyResult } from '../../src/operations/results.ts';
import { createLevelOneRig } from './rig/level-one.ts';
import { commandGate, filePlan } from './rig/plan-text.ts';
import type { Rig } from './rig/rig.ts';

const CONF = '/etc/app/app.conf';
const LEVEL_1 = 'level = 1\n# a\n# b\nmode = x\n';

let rig: Rig;
beforeEach(async () => {
  rig = await createLevelOneRig({ content: LEVEL_1 });
});
afterEach(() => rig.close());

describe('an onChange action that always fails', () => {
  it('reverts and holds the plan; a repaired plan applies without any recovery', async () => {
    const content = LEVEL_1.replace('1', '2');
    const extra = '    onChange: [{run: [/bin/sh, -c, "exit 3"]}]';
    await rig.workspace.plan('app', filePlan({ content, extra }));
    await rig.workspace.commit('level 2');
    await rig.exits(3, 'apply', '--auto-approve');
    expect(await rig.read(CONF)).toBe(LEVEL_1);
    await rig.exits(0, 'recover');
    await rig.exits(7, 'apply', '--auto-approve');
    expect((await rig.exits(0, 'status')).stdout).toContain('1 plan held: change its inputs');
    await rig.workspace.plan('app', filePlan({ content }));
    await rig.workspace.commit('level 2, repaired');
    const { stdout } = await rig.exits(0, 'status');
    expect(stdout).toMatch(/was held by \w+: .*; with its new inputs the next apply tries it$/m);
    expect(stdout).toContain(`P ${CONF}`);
    expect(stdout).toMatch(/1 item pending\. Next: setpoint plan /);
    await rig.applied();
    expect(await rig.read(CONF)).toBe(content);
  });
});

describe('an edit of another line by somebody else during the gate wait', () => {
  it('stays when the gate turns red: exit 3, nothing to do by hand', async () => {
    const content = LEVEL_1.replace('1', '2');
    const gate = commandGate(`sed -i s/=.x/=\\ y/ ${rig.real(CONF)}; exit 1`, { within: '500ms' });
    await rig.workspace.plan('app', filePlan({ content, gates: [gate] }));
    await rig.workspace.commit('level 2');
    const result = await rig.exits(3, 'apply', '--auto-approve', '--json');
    const [run] = result.json<ApplyResult>().result.runs;
    expect(run).toMatchObject({ outcome: 'reverted', manualCommands: [] });
    expect(await rig.read(CONF)).toBe(LEVEL_1.replace('x', 'y'));
    await rig.exits(0, 'recover');
  });
});
