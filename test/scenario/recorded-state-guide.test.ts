import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CODES } from '../../src/diagnostics/codes/index.ts';
import type { WorkspacePath } from '../../src/model/brand.ts';
import { parsePlanFile } from '../../src/plan/files/parse-plan.ts';
import { parseWorkspaceConfig } from '../../src/plan/files/parse-workspace.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { applyLevel, bareRemote, CONF } from './rig/state-remote.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

function guide(): Promise<string> {
  const file = fileURLToPath(new URL('../../docs/guide/recorded-state.md', import.meta.url));
  return readFile(file, 'utf8');
}

it('each command of the guide exits 0', async () => {
  const { url } = await bareRemote(rig);
  await rig.workspace.write(
    'setpoint.yaml',
    `name: platform\nhosts: [cp-1]\nstate: {remote: ${JSON.stringify(url)}}\n`,
  );
  await rig.put(CONF, 'level = 0\n');
  await applyLevel(rig, 1);
  const commands = (await guide()).split('\n').filter((line) => /^ {4}setpoint/.test(line));
  expect(commands).toHaveLength(10);
  for (const command of commands) await rig.exits(0, ...command.trim().split(' ').slice(1));
});

it('the settings of the guide are settings, and every code in it is one', async () => {
  const text = await guide();
  const blocks = [...text.matchAll(/```yaml\n([^]*?)```/g)].map(([, yaml = '']) => yaml);
  const settings = blocks.filter(isWorkspace).map((yaml) => {
    const parsed = parseWorkspaceConfig(yaml, 'setpoint.yaml' as WorkspacePath);
    return parsed.ok ? parsed.value : null;
  });
  const stateRemote = 'ssh://git@git.example.org/state.git';
  const signingKey = '/etc/setpoint/state_ed25519';
  expect(settings).toMatchObject([{ stateRemote }, { signingKey, allowedSigners: 'signers' }]);
  const plans = blocks.filter((yaml) => !isWorkspace(yaml));
  for (const resources of plans) {
    const plan = `setpoint: v1\nname: guide\n${resources}`;
    expect(parsePlanFile(plan, 'plans/guide.yaml' as WorkspacePath)).toMatchObject({ ok: true });
  }
  const codes = text.match(/SP\d{4}/g) ?? [];
  expect(codes).not.toEqual([]);
  expect(codes.filter((code) => !(code in CODES))).toEqual([]);
});

function isWorkspace(yaml: string): boolean {
  return yaml.startsWith('name:');
}
