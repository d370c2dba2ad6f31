import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ApplyResult, RecoverResult } from '../../src/operations/results.ts';
import { CONF } from './rig/gate-wait.ts';
import { filePlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

const isRoot = process.geteuid?.() === 0;
/** What keeps a stage from being removed, and takes that away again. Modes do not stop root; a user's stage goes with its parent. */
const FREEZE = isRoot ? 'chattr +i "$0"/.setpoint-stage-*' : 'chmod 500 "$0"';
const THAW = isRoot ? 'chattr -i "$0"/.setpoint-stage-*' : 'chmod 755 "$0"';
/** Told before what it led to. */
const CAUSE = isRoot ? 'SP6061' : 'SP6012';
const missing = isRoot && spawnSync('chattr', ['-i', '/tmp']).status !== 0;

let rig: Rig;
beforeEach(async () => {
  rig = await createRig({ onDisk: true });
});
afterEach(async () => {
  thaw();
  await rig.close();
});

function stages(): readonly string[] {
  const directory = rig.real('/etc/app');
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter((name) => name.startsWith('.setpoint-stage-'))
    .map((name) => `${directory}/${name}`);
}

function thaw(): void {
  spawnSync('sh', ['-c', THAW, rig.real('/etc/app')]);
}

async function plan(content: string): Promise<void> {
  const gate = `{kind: command, run: [sh, -c, ${JSON.stringify(FREEZE)}, ${rig.real('/etc/app')}], phases: [after], within: 30s}`;
  await rig.workspace.plan('app', filePlan({ content, gates: [gate] }));
  await rig.workspace.commit(content);
}

it.skipIf(missing)(
  'an apply whose stage cannot be removed is kept (exit 0) and says that its run stays open, what is left, and that recover finishes it',
  async () => {
    await plan('level = 1\n');
    const { stdout, stderr } = await rig.applied();
    const [stage = '?'] = stages();
    const run = stage.slice(-26);
    expect(stderr).toContain(
      `warning[SP4207]: run ${run} (plan app) is kept and recorded, but stays open: ${stage} could not be removed`,
    );
    expect(stderr).toContain(`setpoint recover ${run} --root ${rig.root}`);
    expect(stderr).not.toMatch(/^error/m);
    expect(stderr.match(/^warning\[\w+\]/gm)).toEqual([`warning[${CAUSE}]`, 'warning[SP4207]']);
    expect(stdout.trimEnd().split('\n').at(-1)).toContain('A run stays open');

    const shown = await rig.exits(0, 'recover', '--dry-run');
    expect(shown.stdout).toContain(`removes ${stage}`);
    expect(shown.stdout).toContain(`${CONF} is the new version, and stays`);
    expect(existsSync(stage)).toBe(true);
    expect((await rig.exits(4, 'recover')).stderr).toContain('warning[SP4207]');

    thaw();
    await rig.exits(0, 'recover', run);
    expect(stages()).toEqual([]);
    expect((await rig.exits(0, 'recover', '--dry-run')).stdout).toContain('no run is open');
  },
);

it.skipIf(missing)('the same in the envelope', async () => {
  await plan('level = 1\n');
  const answer = (await rig.applied('--json')).json<ApplyResult>();
  expect(answer.ok).toBe(true);
  expect(answer.diagnostics.map(({ code }) => code)).toEqual([CAUSE, 'SP4207']);
  const shown = (await rig.exits(0, 'recover', '--dry-run', '--json')).json<RecoverResult>();
  expect(shown.result.leftOpen).toMatchObject([
    {
      run: answer.result.runs[0]?.run,
      prospect: {
        would: 'keep',
        files: [{ path: CONF, standing: 'new' }],
        removes: stages(),
      },
    },
  ]);
});
