import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

const LEVEL = ['level = $', '{vars.level}\n'].join('');

let rig: Rig;
beforeAll(async () => {
  rig = await createRig();
  await rig.workspace.plan('app', `vars: {level: 1}\n${filePlan({ content: LEVEL })}`);
  await rig.workspace.commit('app');
  await rig.applied();
});
afterAll(() => rig.close());

/** Packages that are loaded only when they are needed, in the form that is published: each feature uses one. */
describe('the built command', () => {
  it.each([
    ['level.yaml', 'level: 2 # more\n'],
    ['level.json', '{"level": 2}'],
  ])('reads variables from %s', async (name, text) => {
    await rig.workspace.write(`../${name}`, text);
    const ran = await rig.exits(0, 'plan', '--diff', '--var-file', join(rig.dir, name));
    expect(ran.stdout).toContain('+level = 2');
    expect(ran.stdout).toContain('-level = 1');
  });

  it('says what is wrong with a variable file', async () => {
    await rig.workspace.write('../broken.yaml', 'level: [2\n');
    const ran = await rig.exits(64, 'plan', '--var-file', join(rig.dir, 'broken.yaml'));
    expect(ran.stderr).toContain('SP9007');
    expect(ran.stderr).not.toContain('internal error');
  });

  it('shows how records changed', async () => {
    await rig.applied('--var', 'level=3');
    const { result } = (await rig.exits(0, 'history', '--json')).json<{
      readonly entries: readonly { readonly run: string }[];
    }>();
    const shown = await rig.exits(0, 'history', 'show', result.entries[0]?.run ?? '');
    expect(shown.stdout).toContain('+level = 3');
    expect(shown.stdout).toMatch(/record of file .*app\.conf/);
  });

  it('reads a kubeconfig', async () => {
    await rig.workspace.write('admin.conf', 'kind: Config\n');
    const gate =
      '{kind: http, url: "https://127.0.0.1:1/", kubeconfig: admin.conf, within: 300ms, phases: [after]}';
    await rig.workspace.plan('app', filePlan({ content: 'x\n', gates: [gate] }));
    const ran = await rig.setpoint('check');
    expect(ran.stdout + ran.stderr).toContain('`current-context`');
  });
});
