import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { HistoryResult } from '../../src/operations/results.ts';
import { planChanges } from '../../src/operations/plan-changes.ts';
import type { PlanName } from '../../src/model/brand.ts';
import type { RunEvent } from '../../src/model/run-event.ts';
import { commandGate, filePlan, redGate } from './rig/plan-text.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { applyIn, refusalOf, sessionAt } from './rig/session-at.ts';

const SHUT = `windows:\n  - {name: shut, deny: "0 * * * *", for: 1h, zone: UTC, plans: ["*"], reason: audit of the year}\n`;
const NIGHT = `windows:\n  - {name: night, allow: "0 22 * * *", for: 6h, zone: Europe/Berlin, plans: ["app"]}\n`;
const HOUR = 3_600_000;

let rig: Rig;
afterEach(() => rig.close());

/** A host with one plan, `app`, that writes /etc/app/app.conf, and the session's clock. */
async function begin(settings: string): Promise<void> {
  rig = await createRig({ settings });
  await rig.workspace.plan('app', filePlan());
  await rig.workspace.commit('app');
}

interface Told {
  readonly diagnostics: readonly { code: string; message: string; help?: string }[];
}

function told(stdout: string): Told['diagnostics'] {
  return (JSON.parse(stdout) as Told).diagnostics;
}

/** Newest first. */
async function runs(): Promise<readonly string[]> {
  const { result } = (await rig.exits(0, 'history', '--json')).json<HistoryResult>();
  return result.entries.map((entry) => entry.run ?? '');
}

describe('outside of the windows', () => {
  it('apply refuses (7) naming window, reason and both ways on; plan tells; nothing is written', async () => {
    await begin(NIGHT.replace('22 * * *', '22 29 2 *') + SHUT.replace('windows:\n', ''));
    const plan = await rig.exits(0, 'plan');
    expect(plan.stdout).toContain('change window: closed by window shut (audit of the year)');
    const { stdout } = await rig.exits(7, 'apply', '--auto-approve', '--no-guardian', '--json');
    expect(told(stdout)).toMatchObject([
      {
        code: 'SP4280',
        message: expect.stringContaining('plan app may not be applied now: closed by window shut'),
        help: expect.stringContaining('--override window --reason TEXT'),
      },
    ]);
    await expect(rig.read('/etc/app/app.conf')).rejects.toThrow('ENOENT');
  });

  it('goes on with a reason, which the audit log and the state commit have; without one it is no override', async () => {
    await begin(SHUT);
    await rig.exits(64, 'apply', '--auto-approve', '--override', 'window');
    await rig.applied('--override', 'window', '--reason', 'the disk is full');
    expect(
      await rig.workspace.git(
        '--git-dir',
        `${rig.stateDir}/state.git`,
        'log',
        '--branches',
        '--format=%B',
      ),
    ).toContain('! override-window: the disk is full');
    const [run = ''] = await runs();
    const { stdout } = await rig.exits(0, 'history', 'show', run);
    expect(stdout).toContain('override-window: the disk is full');
  });

  it('reverts run, and putting drift back does not', async () => {
    await begin('');
    await rig.applied();
    const [run = ''] = await runs();
    await rig.workspace.write('setpoint.yaml', `name: platform\n${SHUT}`);
    await rig.workspace.commit('Shut');
    await rig.put('/etc/app/app.conf', 'edited by hand\n');
    const restore = ['drift', '--restore', '--auto-approve', '--no-guardian'];
    const { stdout } = await rig.exits(7, ...restore, '--json');
    expect(told(stdout)).toMatchObject([{ code: 'SP4280' }]);
    expect(told(stdout)[0]?.help).not.toContain('--wait-window');
    expect(await rig.read('/etc/app/app.conf')).toBe('edited by hand\n');
    await rig.exits(0, ...restore, '--override', 'window', '--reason', 'it must not stay');
    await rig.exits(0, 'revert', run, '--auto-approve', '--no-guardian');
    await expect(rig.read('/etc/app/app.conf')).rejects.toThrow('ENOENT');
  });

  it('what is written in setpoint.yaml and not committed opens nothing but with --allow-dirty, which is recorded', async () => {
    await begin(SHUT);
    await rig.workspace.write('setpoint.yaml', 'name: platform\n');
    const { stdout } = await rig.exits(6, 'apply', '--auto-approve', '--json');
    expect(told(stdout)).toMatchObject([{ code: 'SP3022' }]);
    await rig.applied('--allow-dirty');
    const [run = ''] = await runs();
    const shown = await rig.exits(0, 'history', 'show', run);
    expect(shown.stdout).toContain('override allow-dirty');
  });

  it('validate warns of windows that never begin and of plans that are not there', async () => {
    await begin(NIGHT.replace('22 * * *', '0 30 2 *').replace('"app"', '"ap"'));
    const { stdout } = await rig.exits(0, 'validate', '--json');
    expect(told(stdout).map(({ code }) => code)).toEqual(['SP1414', 'SP1417']);
  });
});

it('the page of the guide: its windows, its plan line and its commands', async () => {
  const guide = await readFile('docs/guide/change-windows.md', 'utf8');
  const settings = /```yaml\n([^]*?)```/.exec(guide)?.[1] ?? '';
  await begin(settings);
  await rig.exits(0, 'validate');
  const { session } = await sessionAt(rig, '2026-11-23T11:00Z');
  const plan = await planChanges(session, { plans: [], vars: {}, out: null });
  expect(plan.windows).toMatchObject([{ plan: 'app', standing: 'outside', needs: 0 }]);
  expect(guide).toContain(`change window: ${plan.windows?.[0]?.message ?? ''}\n`);
  expect(await refusalOf(applyIn(session))).toMatchObject({ exitCode: 7 });
  const [, reason = ''] = /`setpoint apply --override window --reason "([^"]+)"`/.exec(guide) ?? [];
  await rig.applied('--override', 'window', '--reason', reason);
  const [run = ''] = await runs();
  expect(guide).toContain('`setpoint history show RUN`');
  const { stdout } = await rig.exits(0, 'history', 'show', run);
  expect(stdout).toContain(`override override-window: ${reason}`);
  // Nothing is left to do, so nothing is waited for, whatever the time is.
  expect(guide).toContain('`setpoint apply --wait-window`');
  await rig.applied('--wait-window', '--wait-limit', '24h');
});

const tooShort = (words: string) => ({
  exitCode: 7,
  diagnostics: [{ code: 'SP4281', message: expect.stringContaining(words) }],
});

describe('by the clock of the host', () => {
  it('is asked again under the lock: a window that closes while a person thinks is closed', async () => {
    await begin(NIGHT);
    const { session, hand } = await sessionAt(rig, '2026-11-24T02:59Z');
    const approve = () => {
      hand.now += 60_000;
      return Promise.resolve(true);
    };
    const refused = { exitCode: 7, diagnostics: [{ code: 'SP4280' }] };
    expect(await refusalOf(applyIn(session, { approve }))).toMatchObject(refused);
    await expect(rig.read('/etc/app/app.conf')).rejects.toThrow('ENOENT');
    hand.now = Date.parse('2026-11-24T02:59Z');
    expect(await applyIn(session)).toMatchObject({ exitCode: 0, runs: [{ outcome: 'applied' }] });
  });

  it('stops between plans when the window of the next one closes meanwhile; what is applied stays', async () => {
    await begin(NIGHT.replace('"app"', '"next"'));
    const body =
      'resources:\n  next:\n    kind: file\n    path: /etc/app/next.conf\n    content: next\n';
    await rig.workspace.plan('next', `after: [app]\n${body}`);
    await rig.workspace.commit('next');
    const { session, hand } = await sessionAt(rig, '2026-11-24T02:59Z');
    const listener = ({ type }: RunEvent): void => {
      if (type === 'run-ended') hand.now += HOUR;
    };
    const result = await applyIn(session, { listener });
    expect(result).toMatchObject({ exitCode: 7, runs: [{ plan: 'app' }], notRun: ['next'] });
    expect(result.problems).toMatchObject([{ code: 'SP4280' }]);
    await expect(rig.read('/etc/app/next.conf')).rejects.toThrow('ENOENT');
  });

  it('begins none of several plans when one of them is closed from the start', async () => {
    await begin(NIGHT.replace('"app"', '"next/*"'));
    const body =
      'resources:\n  next:\n    kind: file\n    path: /etc/app/next.conf\n    content: next\n';
    await rig.workspace.plan('next', `after: [app]\n${body}`);
    await rig.workspace.commit('next');
    const { session } = await sessionAt(rig, '2026-11-23T12:00Z');
    expect(await refusalOf(applyIn(session))).toMatchObject({
      exitCode: 7,
      diagnostics: [{ message: expect.stringMatching(/^plan next may not/) }],
    });
    await expect(rig.read('/etc/app/app.conf')).rejects.toThrow('ENOENT');
    const plans = ['app' as PlanName];
    const one = await applyIn(session, { source: { plans, vars: {} } });
    expect(one.runs).toMatchObject([{ plan: 'app', outcome: 'applied' }]);
  });

  it('needs room for the deadlines of all its gates, and none with --offline', async () => {
    const gates = [commandGate('true', { within: '2h', phases: 'before, after' })];
    rig = await createRig({ settings: NIGHT });
    await rig.workspace.plan('app', filePlan({ gates, planGates: gates }));
    await rig.workspace.commit('app');
    // Of the six hours from 21:00 a minute is gone, and four gates of two hours are too many in any case.
    const { session, hand } = await sessionAt(rig, '2026-11-23T21:01Z');
    const never = tooShort(
      'it may take up to 8h, and window night ends that at Tue 2026-11-24 04:00',
    );
    expect(await refusalOf(applyIn(session, { offline: false }))).toMatchObject(never);
    await rig.workspace.plan('app', filePlan({ gates, planGates: [] }));
    await rig.workspace.commit('four hours');
    hand.now = Date.parse('2026-11-23T23:00:01Z');
    const late = tooShort('it may take up to 4h');
    expect(await refusalOf(applyIn(session, { offline: false }))).toMatchObject(late);
    await expect(rig.read('/etc/app/app.conf')).rejects.toThrow('ENOENT');
    expect(await applyIn(session)).toMatchObject({ exitCode: 0 });
  });

  it.each([
    ['true', 'applied', 0],
    ['false', 'reverted', 3],
  ])(
    'a window that closes while gates run stops none of it: %s, %s',
    async (command, outcome, exitCode) => {
      await begin('');
      await rig.applied();
      const gates = [redGate(command)];
      await rig.workspace.plan('app', filePlan({ content: 'level = 2\n', gates }));
      await rig.workspace.write('setpoint.yaml', `name: platform\n${NIGHT}`);
      await rig.workspace.commit('level 2');
      const { session, hand } = await sessionAt(rig, '2026-11-24T02:59Z');
      hand.real = true;
      const listener = ({ type }: RunEvent): void => {
        if (type === 'written') hand.now += HOUR;
      };
      const result = await applyIn(session, { listener, offline: false });
      expect(result).toMatchObject({ exitCode, runs: [{ outcome }] });
    },
  );

  it('a saved set goes by the windows of the time when it is applied', async () => {
    await begin(NIGHT);
    const { session, hand } = await sessionAt(rig, '2026-11-23T22:00Z');
    const { set } = await planChanges(session, { plans: [], vars: {}, out: null });
    hand.now = Date.parse('2026-11-23T12:00Z');
    const closed = { exitCode: 7, diagnostics: [{ code: 'SP4280' }] };
    expect(await refusalOf(applyIn(session, { source: { set } }))).toMatchObject(closed);
    hand.now = Date.parse('2026-11-23T22:00Z');
    await rig.workspace.write('setpoint.yaml', `name: platform\n${SHUT}`);
    await rig.workspace.commit('Shut');
    expect(await refusalOf(applyIn(session, { source: { set } }))).toMatchObject(closed);
    await rig.workspace.write('setpoint.yaml', 'name: platform\n');
    await rig.workspace.commit('Open');
    expect(await applyIn(session, { source: { set } })).toMatchObject({ exitCode: 0 });
  });

  it('a plan that writes nothing is not limited', async () => {
    await begin(NIGHT);
    await rig.put('/etc/app/app.conf', 'level = 1\n');
    const { session } = await sessionAt(rig, '2026-11-23T12:00Z');
    expect(await applyIn(session)).toMatchObject({ exitCode: 0, runs: [{ outcome: 'applied' }] });
  });
});
