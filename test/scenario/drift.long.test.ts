import { execFileSync } from 'node:child_process';
import { chmod, readFile, rm, utimes } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DriftResult } from '../../src/operations/drift/results.ts';
import type { StatusResult } from '../../src/operations/results.ts';
import type { WorkspacePath } from '../../src/model/brand.ts';
import { parseWorkspaceConfig } from '../../src/plan/files/parse-workspace.ts';
import { filePlan, flagPlan } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { treeSnapshot } from './rig/tree-snapshot.ts';
import { applyToConfirm } from './rig/waiting-run.ts';

const MANIFEST = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const CONF = '/etc/app/app.conf';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
  await rig.workspace.plan('api', flagPlan(MANIFEST, { profiling: 'false', v: '2' }));
  await rig.workspace.plan('app', filePlan());
  await rig.workspace.commit('flags and a file');
  await rig.applied();
});
afterEach(() => rig.close());

async function edit(path: string, from: string | RegExp, to: string): Promise<void> {
  const text = await rig.read(path);
  const edited = text.replace(from, to);
  if (edited === text) throw new Error(`${String(from)} is not in ${path}`);
  await rig.put(path, edited);
}

async function drift(code: number, ...args: readonly string[]): Promise<DriftResult> {
  return (await rig.exits(code, 'drift', '--json', ...args)).json<DriftResult>().result;
}

function states({ files }: DriftResult): readonly string[] {
  return files.flatMap(({ items }) =>
    items.map(
      ({ label, state, ignored }) => `${label} ${ignored === undefined ? state : 'ignored'}`,
    ),
  );
}

const IN_SYNC = ['content in-sync', '--profiling in-sync', '--v in-sync'];

async function ruled(rule: string): Promise<void> {
  await rig.workspace.write('setpoint.yaml', `name: platform\ndrift: {ignore: [{${rule}}]}\n`);
}

describe('a host as it was applied', () => {
  it('has no drift, and looking changes nothing', async () => {
    const before = await treeSnapshot(rig.root);
    expect(states(await drift(0))).toEqual(IN_SYNC);
    expect((await rig.exits(0, 'drift')).stdout).toContain('No drift: 3 items compared on ');
    expect(await treeSnapshot(rig.root)).toEqual(before);
  });

  it('has none either after edits of other lines, which are told', async () => {
    await edit(MANIFEST, 'metadata:', '# by hand\nmetadata:');
    const ran = await rig.exits(0, 'drift');
    expect(ran.stdout).toContain('other lines were edited');
    expect((await drift(0)).files[1]).toMatchObject({ path: MANIFEST, otherLines: true });
    expect((await rig.exits(0, 'status')).stdout).toContain('No drift in 2 files; other lines');
  });

  it('has pending items when only the plan changed', async () => {
    await rig.workspace.plan('api', flagPlan(MANIFEST, { profiling: 'false', v: '4' }));
    expect(states(await drift(0))).toEqual([...IN_SYNC.slice(0, 2), '--v pending']);
    expect((await rig.exits(0, 'drift')).stdout).toContain('1 item pending: setpoint plan');
  });
});

describe('a host that somebody edited', () => {
  it('exits 2 and tells what it was, what it is, and since when', async () => {
    await edit(MANIFEST, '--v=2', '--v=9');
    const ran = await rig.exits(2, 'drift');
    expect(ran.stdout).toMatch(
      /kube-apiserver\.yaml {2}\(changed between .+Z and .+Z\)\n {2}~ --v: 2 → 9/,
    );
    expect(ran.stdout).toContain('1 item in 1 file drifted on ');
    const { since } = (await drift(2)).files[1] ?? {};
    expect((since?.after ?? '') < (since?.before ?? '')).toBe(true);
  });

  it('finds it without a workspace, too', async () => {
    await edit(MANIFEST, '--v=2', '--v=9');
    const ran = await rig.setpointIn(rig.dir, ['drift', '--json']);
    expect(ran.code).toBe(2);
    expect(ran.json<DriftResult>().result).toMatchObject({
      workspace: null,
      counts: { drifted: 1 },
    });
  });

  it('finds it although the plan files are broken, and says so', async () => {
    await edit(MANIFEST, '--v=2', '--v=9');
    await rig.workspace.write('plans/app.yaml', 'setpoint: v1\nnmae: app\n');
    const ran = await rig.exits(2, 'drift');
    expect(ran.stderr).toContain('warning[SP3070]');
    expect(ran.stderr).toContain('plans/app.yaml:');
  });

  it('does not guess at rules of a setpoint.yaml that is broken', async () => {
    await ruled('path: /etc/app/*');
    expect((await rig.exits(65, 'drift')).stderr).toContain('"reason" is missing');
  });

  it('agrees with plan and apply, and apply ends it', async () => {
    await edit(MANIFEST, '--v=2', '--v=9');
    await rm(rig.real(CONF));
    expect(states(await drift(2))).toEqual([
      'content vanished',
      '--profiling in-sync',
      '--v drifted',
    ]);
    expect((await rig.exits(0, 'plan')).stdout).toContain('--v: 9 → 2  (drifted)');
    await rig.applied();
    expect(states(await drift(0))).toEqual(IN_SYNC);
  });

  it('tells a flag that is gone, a file that is no manifest any more, and both changed', async () => {
    await edit(MANIFEST, / *- --v=2\n/, '');
    expect(states(await drift(2))).toContain('--v vanished');
    await rig.workspace.plan('api', flagPlan(MANIFEST, { profiling: 'false', v: '4' }));
    expect(states(await drift(2))).toContain('--v both');
    await rig.put(MANIFEST, 'not: [a manifest\n');
    const { files } = await drift(2);
    expect(files[1]?.problem).toContain(MANIFEST);
    expect(files[1]?.items.map(({ state }) => state)).toEqual(['drifted', 'drifted']);
    // Plan refuses such a file: what is proposed instead is a way back.
    expect((await rig.exits(2, 'drift')).stdout).toContain(`Next: put ${MANIFEST} right by hand`);
    await rm(rig.real(MANIFEST));
    expect((await rig.exits(2, 'drift')).stdout).toContain('Next: setpoint drift --restore');
    await rig.exits(0, 'drift', '--restore', '--auto-approve', '--no-guardian');
    expect(states(await drift(0))).toContain('--v pending');
  });

  it('tells a mode that changed, with the time that cannot be set', async () => {
    await chmod(rig.real(MANIFEST), 0o644);
    // A time of the content that is possible, but not that of the mode.
    const { after } = (await drift(2)).files[1]?.since ?? {};
    const early = new Date(Date.parse(after ?? '') + 1);
    await utimes(rig.real(MANIFEST), early, early);
    const result = await drift(2);
    expect(result.files[1]?.items.at(-1)).toMatchObject({ recorded: '0600', live: '0644' });
    expect((result.files[1]?.since?.before ?? '') > early.toISOString()).toBe(true);
    expect((await rig.exits(2, 'drift')).stdout).toContain('mode or owner only');
    execFileSync('sh', ['-c', result.files[1]?.putBack?.join('\n') ?? 'false']);
    await drift(0);
  });
});

describe('a host on which a run waits to be confirmed', () => {
  it('has no drift where the files are as the run wrote them, and else has', async () => {
    const run = await applyToConfirm(rig);
    const ran = await rig.exits(0, 'drift');
    expect(ran.stdout).toContain(`as run ${run} left it, which is open`);
    expect(states(await drift(0))).toEqual(['content pending', ...IN_SYNC.slice(1)]);
    expect((await status())[0]).toMatchObject({ path: CONF, drift: 'open-run' });
    await rig.put(CONF, 'level = 3\n');
    expect(states(await drift(2))).toContain('content both');
    const { stdout } = await rig.exits(2, 'drift');
    expect(stdout).toContain(`belongs to run ${run}, which is open and wrote something else`);
    expect(stdout).toMatch(
      /drifted on cp-1\. Next: take the edit out of its files, then setpoint confirm .*--reject /,
    );
    await rig.put(CONF, 'level = 2\n');
    await rig.exits(0, 'confirm', run);
    expect(states(await drift(0))).toEqual(IN_SYNC);
  });
});

describe('rules that ignore drift', () => {
  it('leave exit code 0, count what they ignore, and say why', async () => {
    await edit(MANIFEST, '--v=2', '--v=9');
    await ruled(`path: ${MANIFEST}, item: v, reason: debugging, until: 2999-12-31`);
    const ran = await rig.exits(0, 'drift');
    expect(ran.stdout).toContain('1 item ignored: setpoint drift --verbose');
    expect(states(await drift(0))).toContain('--v ignored');
    const told = await rig.exits(0, 'drift', '--verbose');
    expect(told.stdout).toContain('(ignored until 2999-12-31: debugging; plan api)');
  });

  it('hide nothing but what they name', async () => {
    await edit(MANIFEST, '--v=2', '--v=9');
    await edit(MANIFEST, '--profiling=false', '--profiling=true');
    await ruled(`path: ${MANIFEST}, item: v, reason: debugging`);
    expect(states(await drift(2))).toContain('--profiling drifted');
  });

  it('are a warning at their place once they are over, and ignore nothing', async () => {
    await edit(MANIFEST, '--v=2', '--v=9');
    await ruled(`path: ${MANIFEST}, reason: debugging, until: 2020-01-31`);
    const ran = await rig.exits(2, 'drift');
    expect(ran.stderr).toContain('warning[SP3071]');
    expect(ran.stderr).toContain('setpoint.yaml:2:');
  });
});

async function status(): Promise<StatusResult['files']> {
  return (await rig.exits(0, 'status', '--json')).json<StatusResult>().result.files;
}

describe('status', () => {
  it('has drift and what is pending side by side, as drift tells them', async () => {
    expect(await status()).toMatchObject([
      { path: CONF, drift: 'in-sync', pending: 0 },
      { path: MANIFEST, drift: 'in-sync', pending: 0 },
    ]);
    await edit(MANIFEST, '--v=2', '--v=9');
    await rig.workspace.plan('app', filePlan({ content: 'level = 2\n' }));
    await rig.workspace.plan('new', filePlan({ path: '/etc/app/new.conf' }));
    const shown = (await rig.exits(0, 'status')).stdout;
    expect(shown).toContain(`\n P ${CONF} `);
    expect(shown).toContain(`\nM  ${MANIFEST} `);
    expect(shown).toContain('1 file not as recorded. Next: setpoint drift');
    await edit(MANIFEST, '--v=9', '--v=2');
    expect((await rig.exits(0, 'status')).stdout).toContain('2 items pending. Next: setpoint plan');
  });

  it('does not count what rules ignore, unless something else differs', async () => {
    await edit(MANIFEST, '--v=2', '--v=9');
    await ruled(`path: ${MANIFEST}, item: v, reason: debugging`);
    expect((await status())[1]).toMatchObject({ drift: 'ignored' });
    const told = (await rig.exits(0, 'status')).stdout;
    expect(told).toContain('1 item ignored: setpoint drift --verbose ');
    expect(told).toContain('2 files as recorded.');
    await edit(MANIFEST, '--profiling=false', '--profiling=true');
    expect((await status())[1]).toMatchObject({ drift: 'drifted' });
  });

  it('tells, as drift does, what rules ignore and plan files want otherwise, and rules that are over', async () => {
    await edit(MANIFEST, '--v=2', '--v=9');
    await rig.workspace.plan('api', flagPlan(MANIFEST, { profiling: 'false', v: '4' }));
    await ruled(
      `path: ${MANIFEST}, item: v, reason: debugging}, {path: /x, reason: past, until: 2020-01-31`,
    );
    expect((await status())[1]).toMatchObject({ drift: 'ignored', pending: 1, ignored: 1 });
    expect((await rig.exits(0, 'drift')).stdout).toContain(
      '1 item ignored, 1 of them changed in plan files, too (setpoint plan ',
    );
    expect((await rig.exits(0, 'status')).stderr).toContain('warning[SP3071]');
  });

  it('is told whatever the workspace is like', async () => {
    await edit(MANIFEST, '--v=2', '--v=9');
    await rig.workspace.write('setpoint.yaml', 'nmae: platform\n');
    const ran = await rig.exits(0, 'status');
    expect(ran.stdout).toContain('1 file not as recorded');
    expect(ran.stderr).toContain('warning[SP3070]');
  });
});

it('with nothing recorded yet there is nothing to compare', async () => {
  await rm(rig.stateDir, { recursive: true });
  const ran = await rig.setpointIn(rig.dir, ['drift']);
  expect(ran.code).toBe(0);
  expect(ran.stdout).toContain('Nothing recorded for ');
});

it('the rules that the guide shows ignore what it says', async () => {
  const guide = await readFile(new URL('../../docs/guide/drift.md', import.meta.url), 'utf8');
  const [, yaml = ''] = /```yaml\n([^]*?)```/.exec(guide) ?? [];
  const parsed = parseWorkspaceConfig(yaml, 'setpoint.yaml' as WorkspacePath);
  expect(parsed.ok && parsed.value.drift.ignore).toMatchObject([{ path: MANIFEST, item: 'v' }]);
  await rig.workspace.write('setpoint.yaml', yaml.replace(/until: \S+/, 'until: 2999-01-31'));
  await edit(MANIFEST, '--v=2', '--v=9');
  expect(states(await drift(0))).toContain('--v ignored');
});
