import { describe, expect, it } from 'vitest';

import { checkView } from '../../../../src/cli/views/check-view.ts';
import { doctorView } from '../../../../src/cli/views/doctor-view.ts';
import { importView } from '../../../../src/cli/views/import-view.ts';
import { statusView } from '../../../../src/cli/views/status-view.ts';
import { validateView } from '../../../../src/cli/views/validate-view.ts';
import type { CheckHostResult, StatusResult } from '../../../../src/operations/results.ts';

const OPTIONS = { color: false, width: Number.POSITIVE_INFINITY, verbose: false };

const STATUS = {
  host: 'cp-1',
  remote: null,
  mirror: null,
  hostId: 'id',
  head: 'c0ffee'.padEnd(40, '0'),
  files: [
    {
      path: '/etc/a.yaml',
      items: 4,
      owners: ['audit-log'],
      drift: 'in-sync',
      pending: 0,
      ignored: 0,
    },
    {
      path: '/etc/b.yaml',
      items: 1,
      owners: ['audit-log', 'tls'],
      drift: 'drifted',
      pending: 1,
      ignored: 0,
    },
    { path: '/etc/c.yaml', items: 2, owners: ['cron'], drift: 'vanished', pending: 0, ignored: 0 },
    { path: '/etc/d.yaml', items: 2, owners: ['cron'], drift: 'metadata', pending: 2, ignored: 0 },
    { path: '/etc/e.yaml', items: 3, owners: ['cron'], drift: 'in-sync', pending: 1, ignored: 0 },
    { path: '/etc/f.yaml', items: 1, owners: ['cron'], drift: 'ignored', pending: 0, ignored: 0 },
  ],
  plans: [
    { plan: 'audit-log', workspace: 'prod', run: 'R1', commit: '1a2b3c', held: null },
    {
      plan: 'tls',
      workspace: 'prod',
      run: 'R2',
      commit: null,
      held: { run: 'R3', reason: 'gate red', inputsChanged: false },
    },
  ],
  unrecorded: 0,
  warnings: [],
  openRuns: [],
  holder: null,
} as unknown as StatusResult;

const FLAGS = ['--root', '/r'];
const RECOVER = 'Next: setpoint recover (setpoint recover --dry-run shows first what it would do)';

describe('the status view', () => {
  it('has two columns: drift, and pending or held; files in sync or ignored are hidden', async () => {
    await expect(`${statusView(STATUS, OPTIONS)}\n`).toMatchFileSnapshot('golden/status.txt');
  });

  it('says what is not pushed, and what to do when the remote has something else', () => {
    const remote = { remote: 'file:///srv/s.git', branch: 'setpoint/cp-1', notPushed: 2 };
    const line = (blocked: boolean) => {
      const status = { ...STATUS, remote: { ...remote, blocked } };
      return statusView(status, { ...OPTIONS, repeatedFlags: ['--root', '/r'] }).split('\n')[1];
    };
    expect(line(false)).toBe(
      'remote file:///srv/s.git  2 commits not pushed (next: setpoint state push --root /r)',
    );
    expect(line(true)).toContain('it has something else: setpoint state push');
  });

  it('says what a mirror lacks, since when and why', () => {
    const mirror = { mirror: '/mnt/b', lacks: 0, since: null, problem: null };
    const line = (more: object) =>
      statusView({ ...STATUS, mirror: { ...mirror, ...more } }, OPTIONS).split('\n')[1];
    expect(line({})).toBe('mirror /mnt/b  has every backup');
    expect(line({ lacks: 2, since: '2026-01-01', problem: 'gone' })).toBe(
      'mirror /mnt/b  lacks 2 backups since 2026-01-01: gone (next: setpoint backup prune)',
    );
  });

  it('does not call a plan held whose inputs have changed since: apply tries them', () => {
    const [first] = STATUS.plans;
    const held = { run: 'R3', reason: 'gate red', inputsChanged: true };
    const status = { ...STATUS, plans: [{ ...first, plan: 'cron', held }], files: [] };
    const text = statusView(status as unknown as StatusResult, OPTIONS);
    expect(text).toContain(
      'was held by R3: gate red; with its new inputs the next apply tries it\n',
    );
    expect(text).toMatch(/as recorded\. 1 plan with new inputs to try\. Next: setpoint plan$/);
    const files = STATUS.files.slice(4);
    const pending = { ...status, files } as unknown as StatusResult;
    expect(statusView(pending, OPTIONS)).toContain(' P /etc/e.yaml');
    expect(statusView(pending, OPTIONS)).toMatch(/1 item pending\. Next: setpoint plan$/);
  });

  it('does not take an empty record for all there is when the remote has one, or may have', () => {
    const empty = { ...STATUS, head: null, files: [], plans: [] };
    const lost = (code: 'SP5082' | 'SP5083') => {
      const warnings = [{ code, severity: 'warning', message: 'nothing is here' }] as const;
      const remote = { remote: 'file:///srv/s.git', branch: 'b', notPushed: 0, blocked: false };
      const text = statusView({ ...empty, remote, warnings }, { ...OPTIONS, repeatedFlags: FLAGS });
      expect(text).not.toMatch(/as recorded|pushed/);
      return text.split('\n').at(-1);
    };
    expect(lost('SP5082')).toMatch(/what is managed is not known\. Next: .* pull --root \/r$/);
    expect(lost('SP5083')).toMatch(/^Whether anything is managed on cp-1 is not known/);
    expect(statusView(empty, OPTIONS)).toMatch(/0 files as recorded\.$/);
  });

  it('calls nothing drift that drift does not call so', () => {
    const file = { path: '/etc/a', items: 1, owners: ['p'], pending: 0 };
    const shown = (drift: string) => {
      const status = { ...STATUS, files: [{ ...file, drift }], plans: [] };
      return statusView(status as unknown as StatusResult, OPTIONS);
    };
    expect(shown('open-run')).toMatch(/\n1 file as recorded\.$/);
    expect(shown('other-lines')).toMatch(/\nNo drift in 1 file; other lines were edited in 1\.$/);
    expect(shown('unknown')).toContain('\n?  /etc/a');
    expect(shown('unknown')).toMatch(/1 file could not be compared\. Next: setpoint drift$/);
  });

  it('with --verbose lists files in sync', () => {
    expect(statusView(STATUS, { ...OPTIONS, verbose: true })).toContain('   /etc/a.yaml');
  });

  it('ends with recover when a run is open', () => {
    const openRuns = [{ run: 'R9', plan: 'tls', state: 'committed', blocks: [] }] as never;
    const lines = statusView({ ...STATUS, openRuns }, OPTIONS).split('\n');
    expect(lines.slice(-3)).toEqual([
      'open run R9 of tls: its command ended before it was settled',
      '',
      RECOVER,
    ]);
  });

  it('shows a living process with its run, and recovers nothing behind its back', () => {
    const holder = {
      pid: 4711,
      command: 'setpoint apply',
      run: null,
      since: '2025-11-21T10:00:00Z',
    };
    const openRuns = [{ run: 'R9', plan: 'tls', state: 'committed' }] as never;
    const text = statusView({ ...STATUS, files: [], openRuns, holder }, OPTIONS);
    expect(text).toContain(
      '\nrunning: pid 4711 (setpoint apply) since 2025-11-21T10:00:00Z\n  run R9 of tls\n',
    );
    expect(text).not.toMatch(/open run|recover/);
  });

  it.each([
    [60_000, 'Next: setpoint confirm R9 (keeps it), or setpoint recover (takes it back)'],
    [0, RECOVER],
  ])('says that nobody waits for a person any more: %d ms left', (left, last) => {
    const confirm = { until: '2025-11-21T10:00:00Z', left };
    const state = 'awaiting-confirmation';
    const openRuns = [{ run: 'R9', plan: 'tls', state, blocks: [], confirm }] as never;
    const text = statusView({ ...STATUS, openRuns }, OPTIONS);
    expect(text).toContain('nobody waits for it any more');
    expect(text.split('\n').at(-1)).toBe(last);
  });

  it('points to confirm while a run waits, not to its files as drift', () => {
    const holder = { pid: 4711, command: 'setpoint guardian', run: null, since: '' };
    const confirm = { until: '2025-11-21T10:00:00Z', left: 60_000 };
    const openRuns = [{ run: 'R9', plan: 'tls', state: 'awaiting-confirmation', confirm }] as never;
    const text = statusView({ ...STATUS, openRuns, holder }, OPTIONS);
    expect(text.split('\n').at(-1)).toBe(
      'Next: setpoint confirm R9 (keeps it), or setpoint confirm --reject R9 (takes it back)',
    );
  });

  it('never takes a holder that it may not see for nobody', () => {
    const holder = { pid: 0, command: 'unknown', run: null, since: '' };
    const openRuns = [{ run: 'R9', plan: 'tls', state: 'committed', blocks: [] }] as never;
    const text = statusView({ ...STATUS, files: [], openRuns, holder }, OPTIONS);
    expect(text).toContain('\nrunning: a process that is not known here (');
    expect(text).not.toMatch(/open run|recover|nobody|pid 0/);
  });

  it('still names a failed revert while a process works', () => {
    const holder = { pid: 4711, command: 'setpoint plan', run: null, since: '' };
    const openRuns = [
      { run: 'R8', plan: 'a', state: 'revert-failed', blocks: ['/etc/b'] },
    ] as never;
    const lines = statusView({ ...STATUS, openRuns, holder }, OPTIONS).split('\n');
    expect(lines.slice(-4)).toEqual([
      'open run R8 of a: it needs a person (revert-failed)',
      '  blocks /etc/b',
      '',
      'Needs a person. Next: setpoint recover --dry-run',
    ]);
  });

  it('is content with a host as recorded', () => {
    const files = STATUS.files.slice(0, 1);
    const text = statusView({ ...STATUS, files, plans: [] }, OPTIONS);
    expect(text).toBe('cp-1  recorded at c0ffee000000\n\n1 file as recorded.');
  });

  it('counts what is pending, also of files without a record', () => {
    const files = STATUS.files.filter(({ drift }) => drift === 'in-sync');
    const text = statusView({ ...STATUS, files, plans: [], unrecorded: 2 }, OPTIONS);
    expect(text.split('\n').at(-1)).toBe(
      '2 files as recorded. 3 items pending. Next: setpoint plan',
    );
  });
});

describe('the check view', () => {
  const check = {
    id: 'api[0]',
    phase: 'after',
    attempts: 1,
    took: 40,
    detail: 'HTTP 200',
  } as const;

  it('counts by colour in the last line', () => {
    const results = [
      { ...check, plan: 'a', verdict: 'green' },
      { ...check, plan: 'b', verdict: 'red', detail: 'HTTP 500' },
      { ...check, plan: 'b', verdict: 'skipped', detail: 'no file yet' },
    ] as unknown as CheckHostResult['results'];
    expect(checkView({ results, exitCode: 1 }, OPTIONS).split('\n')).toEqual([
      'a',
      '  green   after  api[0]  40 ms  HTTP 200',
      '',
      'b',
      '  red     after  api[0]  40 ms  HTTP 500',
      '  skipped after  api[0]  no file yet',
      '',
      '3 checks: 1 green, 1 red, 1 skipped.',
    ]);
  });

  it('says when there are none', () => {
    expect(checkView({ results: [], exitCode: 0 }, OPTIONS)).toMatch(/^No checks/);
  });
});

describe('the other views', () => {
  it('doctor: findings with help, and a count', () => {
    const findings = [
      { name: 'git', verdict: 'ok', detail: '2.39.5', help: null },
      { name: 'lock', verdict: 'error', detail: 'no prebuilt addon', help: 'npm rebuild' },
    ] as const;
    expect(doctorView({ findings, exitCode: 1 }, OPTIONS).split('\n')).toEqual([
      'ok      git: 2.39.5',
      'error   lock: no prebuilt addon',
      '        help: npm rebuild',
      '',
      '1 error, 0 warnings.',
    ]);
    expect(doctorView({ findings: [findings[0]], exitCode: 0 }, OPTIONS)).toMatch(/All well\.$/);
  });

  it('validate: plan files, which are for this host, and what comes next', () => {
    const plans = [
      { plan: 'a', file: 'plans/a.yaml', resources: 2, matchesHost: true },
      { plan: 'bb', file: 'plans/bb.yaml', resources: 1, matchesHost: false },
    ] as never;
    const result = { workspace: 'prod' as never, plans, warnings: [] };
    expect(validateView(result, OPTIONS, 'setpoint plan').split('\n')).toEqual([
      'a   plans/a.yaml   2 resources',
      'bb  plans/bb.yaml  1 resource   not for this host',
      '',
      'Valid: 2 plan files in workspace prod.',
      'Next: setpoint plan',
    ]);
  });

  it('import: where the plan file is', () => {
    const result = { file: 'plans/etcd.yaml', plan: 'etcd' as never, items: 21, text: '' };
    const lines = importView(result, 'setpoint plan etcd').split('\n');
    expect(lines[0]).toContain('Wrote plans/etcd.yaml: plan etcd declares 21 items');
    expect(lines.at(-1)).toBe('Next: setpoint plan etcd');
  });
});
