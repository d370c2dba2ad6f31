import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BlameResult } from '../../src/operations/looking-back/results.ts';
import type { HistoryResult } from '../../src/operations/results.ts';
import { filePlan, flagPlan, redGate } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { sha256 } from './rig/tree-snapshot.ts';

const SCHEDULER = '/etc/kubernetes/manifests/kube-scheduler.yaml';
const CONF = '/etc/app/app.conf';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

async function applied(plan: string, body: string): Promise<{ commit: string; run: string }> {
  await rig.workspace.plan(plan, body);
  const commit = await rig.workspace.commit(`${plan} again`);
  await rig.applied();
  const { result } = (await rig.exits(0, 'history', '-n1', '--json')).json<HistoryResult>();
  return { commit, run: result.runs[0]?.run ?? '' };
}

async function blame(address: string): Promise<BlameResult> {
  return (await rig.exits(0, 'blame', address, '--json')).json<BlameResult>().result;
}

/** `label: before → value (origin), run, plan commit` of each item. */
async function told(address: string): Promise<readonly string[]> {
  const { items } = await blame(address);
  return items.map(({ label, before, value, origin, by }) =>
    [`${label}: ${before} → ${value} (${origin})`, by.run, by.planCommit].join(' '),
  );
}

describe('blame of a manifest', () => {
  it('names for each flag the run that set it, its plan commit, and the value before', async () => {
    const first = await applied(
      's',
      flagPlan(SCHEDULER, { profiling: 'false', 'bind-address': '127.0.0.1', v: '2' }),
    );
    const second = await applied(
      's',
      flagPlan(SCHEDULER, { profiling: 'false', 'bind-address': '127.0.0.1', v: '4' }),
    );
    const lines = [
      `--bind-address: 127.0.0.1 → 127.0.0.1 (adopted) ${first.run} ${first.commit}`,
      `--profiling: null → false (set) ${first.run} ${first.commit}`,
      `--v: 2 → 4 (set) ${second.run} ${second.commit}`,
    ];
    expect(await told(SCHEDULER)).toEqual(lines);
    expect(await told('s/flags')).toEqual(lines);
    expect(await told('s/flags/v')).toEqual(lines.slice(2));
    expect(await told(`${SCHEDULER}#--v`)).toEqual(lines.slice(2));
    await rm(rig.workspace.dir, { recursive: true });
    const shown = await rig.setpointIn(rig.dir, ['blame', SCHEDULER]);
    expect(shown.stdout).toContain('3 items, set by 2 runs.');
    expect(shown.stdout).toMatch(/--v +4 +2 +20\S+Z +\S+ +s +[0-9a-f]{12} +01/);
  });

  it('tells what a run found when somebody had edited the flag meanwhile', async () => {
    await applied('s', flagPlan(SCHEDULER, { profiling: 'false' }));
    const text = await rig.read(SCHEDULER);
    await rig.put(SCHEDULER, text.replace('--profiling=false', '--profiling=true'), 0o600);
    await rig.applied();
    expect((await told(SCHEDULER)).at(0)).toContain('--profiling: true → false (set)');
  });

  it('of a flag that moved names the plan and the run that had it before', async () => {
    const first = await applied('s', flagPlan(SCHEDULER, { profiling: 'false' }));
    await rig.workspace.remove('plans/s.yaml');
    const second = await applied('t', flagPlan(SCHEDULER, { profiling: 'false' }));
    const { items } = await blame('t/flags/profiling');
    expect(items).toMatchObject([
      {
        origin: 'moved',
        movedFrom: 's',
        by: { run: second.run, planCommit: second.commit },
        earlier: { run: first.run, planCommit: first.commit },
      },
    ]);
    const { released } = await blame('s/flags/profiling');
    expect(released).toMatchObject([{ movedTo: 't', by: { run: second.run } }]);
  });

  it('leaves out what a reverted run tried', async () => {
    const first = await applied('s', flagPlan(SCHEDULER, { profiling: 'false' }));
    const body = flagPlan(SCHEDULER, { profiling: 'true' }).replace(
      'gates: []',
      `gates: [${redGate('exit 1')}]`,
    );
    await rig.workspace.plan('s', body);
    await rig.workspace.commit('bad');
    await rig.exits(3, 'apply', '--auto-approve', '--no-guardian');
    expect(await told(SCHEDULER)).toEqual([
      `--profiling: null → false (set) ${first.run} ${first.commit}`,
    ]);
  });
});

it('blame of a whole file has its content and mode', async () => {
  await rig.put(CONF, 'old\n', 0o640);
  const old = await sha256(rig.real(CONF));
  const { run } = await applied('app', filePlan({ extra: '    mode: "0600"' }));
  const content = await sha256(rig.real(CONF));
  const { items } = await blame(CONF);
  expect(items).toMatchObject([
    { label: 'content', before: old, value: content, origin: 'set', by: { run } },
    { label: 'mode', before: '0640', value: '0600', origin: 'set', by: { run } },
  ]);
  expect((await blame(`${CONF}#mode`)).items.map(({ label }) => label)).toEqual(['mode']);
});

describe('blame of what is not owned', () => {
  it('tells of a released flag and of a released file who gave it up', async () => {
    await applied('s', flagPlan(SCHEDULER, { profiling: 'false', v: '4' }));
    const one = await applied('s', flagPlan(SCHEDULER, { v: '4' }));
    const flag = { label: '--profiling', value: 'false', by: { run: one.run } };
    for (const address of [`${SCHEDULER}#profiling`, 's/flags/profiling'])
      expect(await blame(address)).toMatchObject({ items: [], released: [flag] });
    await rig.workspace.remove('plans/s.yaml');
    await rig.workspace.commit('drop it');
    await rig.applied();
    for (const address of [SCHEDULER, 's', 's/flags', 's/flags/v']) {
      const { released } = await blame(address);
      expect({ address, labels: released.map(({ label }) => label) }).toMatchObject({
        address,
        labels: expect.arrayContaining(['--v']) as unknown,
      });
    }
    const { stdout } = await rig.exits(0, 'blame', SCHEDULER);
    expect(stdout).toContain(`${SCHEDULER}  released`);
    expect(stdout).toContain('1 item, no longer owned.');
  });

  it('is a usage error with what may be meant', async () => {
    await applied('s', flagPlan(SCHEDULER, { profiling: 'false' }));
    for (const [typed, meant] of [
      [`${SCHEDULER}#profilng`, `${SCHEDULER}#profiling`],
      ['s/flags/proflling', 's/flags/profiling'],
      ['s/flgas', 's/flags'],
      [SCHEDULER.replace('.yaml', '.yml'), SCHEDULER],
    ] as const)
      expect((await rig.exits(64, 'blame', typed)).stderr).toContain(`did you mean "${meant}"?`);
    expect((await rig.exits(64, 'blame', '[a')).stderr).toContain('PLAN/RESOURCE/FLAG');
  });
});
