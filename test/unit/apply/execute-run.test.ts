import { existsSync, readdirSync, statSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { openJournals } from '../../../src/apply/journal/journal-file.ts';
import { runFolder } from '../../../src/apply/journal/run-folder.ts';
import { trailerValue, TRAILER } from '../../../src/git/record/commit-message.ts';
import { runInput } from './run-inputs.ts';
import { hostPath, openRig, type RunRig } from './run-rig.ts';

let rig: RunRig;
beforeEach(async () => {
  rig = await openRig();
  rig.write('/etc/app/a.conf', 'old a\n');
  rig.write('/etc/app/manifests/b.yaml', 'old b\n', 0o600);
});
afterEach(() => rig.close());

async function statuses(): Promise<readonly (string | null)[]> {
  const log = await rig.state.log(10);
  return log.map(({ trailers }) => trailerValue(trailers, TRAILER.status)).toReversed();
}

test('an edit of two files is applied, committed once, and leaves nothing but its report', async () => {
  const input = await runInput(rig, [
    { path: '/etc/app/manifests/b.yaml', to: 'new b\n', watched: true },
    { path: '/etc/app/a.conf', to: 'new a\n' },
  ]);
  const { report, refusal } = await executeRun(rig.context, input);
  expect(report).toMatchObject({ outcome: 'applied', reason: null, unrecorded: false });
  expect(refusal).toBeNull();
  expect(rig.read('/etc/app/a.conf')).toBe('new a\n');
  expect(rig.read('/etc/app/manifests/b.yaml')).toBe('new b\n');
  expect(await statuses()).toEqual(['applied']);
  expect(report.commits).toEqual([await rig.state.head()]);
  expect(openJournals(rig.host)).toEqual([]);
  expect(readdirSync(rig.real('/etc/app')).sort()).toEqual(['a.conf', 'manifests']);
  expect(readdirSync(rig.real('/etc/app/manifests'))).toEqual(['b.yaml']);
  expect(statSync(rig.real('/etc/app/a.conf')).nlink).toBe(1);
  expect(existsSync(runFolder(rig.host.stateDir, input.run).report)).toBe(true);
  expect(rig.events.map((event) => event.type)).toEqual([
    'run-started',
    'staged',
    'written',
    'written',
    'decided',
    'recorded',
    'run-ended',
  ]);
});

test('red gates before the run refuse it and change nothing', async () => {
  const input = await runInput(rig, [{ path: '/etc/app/a.conf', to: 'new\n', gates: ['false'] }]);
  const { report, refusal } = await executeRun(rig.context, input);
  expect(report.outcome).toBe('failed');
  expect(refusal).toBe('gate');
  expect(rig.read('/etc/app/a.conf')).toBe('old a\n');
  expect(await rig.state.head()).toBeNull();
});

test('--allow-unhealthy goes on, and a revert then needs to be no better than before', async () => {
  const gates = ['false'];
  const input = await runInput(rig, [{ path: '/etc/app/a.conf', to: 'new\n', gates }], {
    allowUnhealthy: true,
  });
  const { report } = await executeRun(rig.context, input);
  expect(report.outcome).toBe('reverted');
  expect(rig.read('/etc/app/a.conf')).toBe('old a\n');
});

test('offline skips every gate and audit and says unproven', async () => {
  const input = await runInput(
    rig,
    [{ path: '/etc/app/a.conf', to: 'new\n', gates: ['false'], audits: ['false'] }],
    { offline: true },
  );
  const { report } = await executeRun(rig.context, input);
  expect(report).toMatchObject({ outcome: 'applied', unproven: true, checks: [] });
  expect(await statuses()).toEqual(['applied, unproven']);
});

test('each step is proven before the next file is written', async () => {
  const seen = `cat ${rig.real('/etc/app/a.conf')} ${rig.real('/etc/app/manifests/b.yaml')} >> ${rig.real('/seen')}`;
  const input = await runInput(rig, [
    { path: '/etc/app/a.conf', to: 'new a\n', onChange: [seen] },
    { path: '/etc/app/manifests/b.yaml', to: 'new b\n', onChange: [seen] },
  ]);
  await executeRun(rig.context, input);
  expect(rig.read('/seen')).toBe('new a\nold b\nnew a\nnew b\n');
});

test('check scripts are executed from the copy of the workspace that the run made', async () => {
  const script = '#!/bin/sh\npwd >> "$OLDPWD/nowhere" 2>/dev/null; exit 0\n';
  const input = await runInput(rig, [{ path: '/etc/app/a.conf', to: 'n\n', gates: ['./ok.sh'] }], {
    workspaceFiles: { 'ok.sh': script },
  });
  rig.write('/workspace/ok.sh', script);
  const { report } = await executeRun(rig.context, input);
  expect(report.outcome).toBe('applied');
});

test('a workspace file that changed after planning stops the run before anything is executed', async () => {
  const input = await runInput(rig, [{ path: '/etc/app/a.conf', to: 'n\n', gates: ['./ok.sh'] }], {
    workspaceFiles: { 'ok.sh': '#!/bin/sh\nexit 0\n' },
  });
  rig.write('/workspace/ok.sh', '#!/bin/sh\nexit 1\n');
  const { report, refusal } = await executeRun(rig.context, input);
  expect([report.outcome, refusal]).toEqual(['failed', 'stale']);
  expect(rig.events.some((event) => event.type === 'gate-attempt')).toBe(false);
});

test('foreign edits are recorded in a commit of their own before the run', async () => {
  const edits = [{ path: '/etc/app/a.conf', to: 'new\n' }];
  const { report } = await executeRun(rig.context, await runInput(rig, edits, { observed: true }));
  expect(report.commits).toHaveLength(2);
  expect(await statuses()).toEqual(['observed', 'applied']);
  const [observed] = report.commits;
  const copy = await rig.state.copyOf(hostPath('/etc/app/a.conf'), observed);
  expect(Buffer.from(copy ?? []).toString()).toBe('old a\n');
});

test('taking ownership only writes one commit and touches no file', async () => {
  const before = statSync(rig.real('/etc/app/a.conf'));
  const input = await runInput(rig, [{ path: '/etc/app/a.conf', to: 'old a\n', gates: ['false'] }]);
  const { report } = await executeRun(rig.context, input);
  expect(report.outcome).toBe('applied');
  expect(await statuses()).toEqual(['applied']);
  const after = statSync(rig.real('/etc/app/a.conf'));
  expect([after.ino, after.ctimeMs]).toEqual([before.ino, before.ctimeMs]);
});

test('creating, deleting and changing only permissions in one run', async () => {
  const input = await runInput(rig, [
    { path: '/etc/app/new/deep/c.conf', to: 'c\n', mode: 0o640 },
    { path: '/etc/app/a.conf', to: null },
    { path: '/etc/app/manifests/b.yaml', to: 'old b\n', mode: 0o640, watched: true },
  ]);
  const { report } = await executeRun(rig.context, input);
  expect(report.outcome).toBe('applied');
  expect(rig.read('/etc/app/a.conf')).toBeNull();
  expect(rig.stateOf('/etc/app/new/deep/c.conf')?.mode).toBe(0o640);
  expect(rig.stateOf('/etc/app/manifests/b.yaml')?.mode).toBe(0o640);
  expect(readdirSync(rig.real('/etc/app/new/deep'))).toEqual(['c.conf']);
});

test('the audit log has the intent and the outcome, and the commit carries its head', async () => {
  await executeRun(rig.context, await runInput(rig, [{ path: '/etc/app/a.conf', to: 'new\n' }]));
  const audit = rig.read('/var/lib/setpoint/audit.jsonl') ?? '';
  const rows = audit
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(rows.map((row) => row.event)).toEqual(['run-started', 'run-ended']);
  const [commit] = await rig.state.log(1);
  expect(trailerValue(commit?.trailers ?? [], TRAILER.auditHead)).toBe(rows[0].hash);
});
