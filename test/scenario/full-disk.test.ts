import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { mount, mountProblem } from '../unit/host/privileges.ts';
import type { StatusResult } from '../../src/operations/results.ts';
import { CONF } from './rig/gate-wait.ts';
import { filePlan, redGate } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';

it.skipIf(mountProblem)(
  'a state directory that fills up during a run keeps why it was taken back, and the hold of its plan',
  async () => {
    const rig = await createRig();
    onTestFinished(() => rig.close());
    await rig.put('/var/lib/setpoint/.keep', '');
    mount('-t', 'tmpfs', '-o', 'size=2m,mode=700', 'tmpfs', rig.stateDir);
    await rig.put(CONF, 'level = 1\n');
    const filler = join(rig.stateDir, 'filler');
    const fill = `head -c 9m /dev/zero >> ${filler} 2>/dev/null`;
    const script = `grep -q 'level = 1' ${rig.real(CONF)} || { ${fill}; echo too hot; exit 1; }`;
    const gates = [redGate(script, { phases: 'before, after, revert' })];
    await rig.workspace.plan('app', filePlan({ content: 'level = 2\n', gates }));
    await rig.workspace.commit('level 2');

    const full = await rig.exits(3, 'apply', '--auto-approve', '--no-guardian');
    expect(full.stderr).toMatch(/red.*too hot[^]*SP6010.*no space left/);
    expect(full.stdout).toMatch(/too hot; not recorded: .*no space left/i);
    expect(await rig.read(CONF)).toBe('level = 1\n');

    rmSync(filler);
    const settled = await rig.exits(3, 'apply', '--auto-approve', '--no-guardian');
    expect(settled.stdout).toMatch(/reason: .*conf\[0\].*too hot\n/);
    const { result } = (await rig.exits(0, 'status', '--json')).json<StatusResult>();
    expect(result.openRuns).toEqual([]);
    expect(result.plans[0]?.held?.reason).toContain('too hot');
    await rig.exits(7, 'apply', '--auto-approve', '--no-guardian');
  },
);
