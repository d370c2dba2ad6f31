import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OpenRun } from '../../../src/apply/machine/open-run.ts';
import { installRenewed } from '../../../src/apply/revert/install-renewed.ts';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { openJournals } from '../../../src/apply/journal/journal-file.ts';
import { settleOpenRuns } from '../../../src/apply/recovery/recover.ts';
import type { PartOptions } from './run-inputs.ts';
import { runInput, type FileEdit } from './run-inputs.ts';
import { hostPath, openRig, type RunRig } from './run-rig.ts';

const MANIFEST = '/etc/app/manifests/api.yaml';
const OLD =
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: api\nspec:\n  containers:\n  - name: api\n    command: [api]\n';
const NEW = OLD.replace('[api]', '[api, --a=1]');

let rig: RunRig;
beforeEach(async () => {
  rig = await openRig();
  rig.write(MANIFEST, OLD, 0o640);
  rig.on('written', () => rig.write('/ended', ''));
});
afterEach(() => rig.close());

function annotated(run: string, text = OLD): string {
  return text.replace('name: api\n', `name: api\n  annotations:\n    setpoint/renewed: "${run}"\n`);
}

/** Comes up with a fresh identity alone. */
const HELPS = (): string => `grep -q setpoint/renewed ${rig.real(MANIFEST)}`;

interface Story {
  readonly gate?: string;
  readonly edit?: Partial<FileEdit>;
  readonly options?: PartOptions;
}

/** A run that is taken back because of its audit. Its gate is green before it, and what `gate` says once the old pod was ended. */
async function input({ gate = HELPS(), edit = {}, options = {} }: Story = {}) {
  const audits = ['false'];
  const one = {
    path: MANIFEST,
    to: NEW,
    watched: true,
    audits,
    gates: [`test ! -e ${rig.real('/ended')} || ${gate}`],
    ...edit,
  };
  return runInput(rig, [one], { phases: ['before', 'revert'], ...options });
}

const renewals = (): number => rig.events.filter(({ type }) => type === 'renewed').length;

test('a revert that does not come up gets a fresh identity once, recorded as it is', async () => {
  await executeRun(rig.context, await runInput(rig, [{ path: MANIFEST, to: OLD, watched: true }]));
  const given = await input();
  const { report, diagnostics } = await executeRun(rig.context, given);
  expect(report).toMatchObject({ outcome: 'reverted', renewed: [MANIFEST], unrecorded: false });
  expect(report.othersEdits).toBeUndefined();
  expect(diagnostics.map(({ code }) => code)).toEqual(['SP4110']);
  expect([rig.read(MANIFEST), rig.stateOf(MANIFEST)?.mode]).toEqual([annotated(given.run), 0o640]);
  expect(openJournals(rig.host)).toEqual([]);
  const path = hostPath(MANIFEST);
  const recorded = await rig.state.load();
  expect(recorded.files.get(path)?.state).toEqual(rig.stateOf(MANIFEST));
  expect(String(await rig.state.copyOf(path))).toBe(annotated(given.run));
  const [revert] = await rig.state.log(1);
  expect(JSON.stringify(revert)).toContain(`${MANIFEST} got a fresh identity`);
});

test('when that does not help a person is needed, and no recovery tries it again', async () => {
  const given = await input({ gate: 'false' });
  const { report } = await executeRun(rig.context, given);
  expect(report).toMatchObject({ outcome: 'revert-failed', renewed: [MANIFEST] });
  expect(report.manualCommands.filter((line) => !line.startsWith('setpoint'))).toEqual([]);
  const [again] = await settleOpenRuns(rig.context);
  expect(again?.report).toMatchObject({ outcome: 'revert-failed', renewed: [MANIFEST] });
  expect(again?.diagnostics).toEqual([]);
  expect([renewals(), rig.read(MANIFEST)]).toEqual([1, annotated(given.run)]);
});

test('a gate that was red before the run is no reason for it', async () => {
  const options = { allowUnhealthy: true };
  rig.write('/ended', '');
  const { report } = await executeRun(rig.context, await input({ gate: 'false', options }));
  expect([report.outcome, rig.read(MANIFEST)]).toEqual(['reverted', OLD]);
});

test('a file that others wrote to meanwhile keeps what they wrote', async () => {
  const theirs = `# theirs\n${OLD}`;
  rig.on('restored', () => rig.write(MANIFEST, theirs));
  const { report, diagnostics } = await executeRun(rig.context, await input());
  expect([report.outcome, rig.read(MANIFEST)]).toEqual(['revert-failed', theirs]);
  expect(diagnostics.map(({ code }) => code)).toContain('SP4111');
  expect(report.reason).toContain('no fresh identity: somebody else changed it');
});

test.each([
  ['edit', () => rig.write(MANIFEST, `# theirs\n${NEW}`), `# theirs\n${OLD}`],
  ['permissions', () => chmodSync(rig.real(MANIFEST), 0o600), OLD],
])('so does one that came back with their %s in it', async (_, act, left) => {
  rig.on('written', act);
  const { report, diagnostics } = await executeRun(rig.context, await input());
  expect([report.outcome, report.othersEdits, renewals()]).toEqual([
    'revert-failed',
    [MANIFEST],
    0,
  ]);
  expect(diagnostics.map(({ code }) => code)).toContain('SP4111');
  expect(rig.read(MANIFEST)).toBe(left);
});

test.each([
  ['with a uid of its own', OLD.replace('name: api\n', 'name: api\n  uid: 1f2e\n'), {}],
  ['that is written in place', OLD, { inPlace: true }],
])('a manifest %s is left as it is, and why is told', async (_, old, edit) => {
  rig.write(MANIFEST, old);
  const to = old.replace('[api]', '[api, --a=1]');
  const { report, diagnostics } = await executeRun(
    rig.context,
    await input({ edit: { to, ...edit } }),
  );
  expect([report.outcome, rig.read(MANIFEST)]).toEqual(['revert-failed', old]);
  expect(diagnostics.map(({ code }) => code)).toContain('SP4111');
});

test('a file whose kind knows no identity is left as it is without a word', async () => {
  const { report, diagnostics } = await executeRun(
    rig.context,
    await input({ edit: { watched: false } }),
  );
  expect([report.outcome, rig.read(MANIFEST), diagnostics]).toEqual(['revert-failed', OLD, []]);
});

test('what somebody writes between the journal and the rename stays', async () => {
  const staged = join(rig.root, '0.renewed');
  writeFileSync(staged, annotated('R'), { mode: 0o640 });
  const spliced = rig.stateOf('0.renewed');
  const at = {
    path: MANIFEST,
    realPath: rig.real(MANIFEST),
    oldPath: null,
    stageDirectory: rig.root,
  };
  const file = { ...at, before: rig.stateOf(MANIFEST), spliced, renewed: true };
  const run = { ...rig, header: { run: 'R' }, journal: { files: [file] }, diagnostics: [] };
  rig.write(MANIFEST, '# theirs');
  const { written, conflicts } = await installRenewed(run as unknown as OpenRun);
  expect([written, conflicts.length, rig.read(MANIFEST)]).toEqual([[], 1, '# theirs']);
  rig.write(MANIFEST, OLD);
  expect((await installRenewed(run as unknown as OpenRun)).written).toHaveLength(1);
  expect(rig.read(MANIFEST)).toBe(annotated('R'));
});

test('a recovery after a death behind the write takes it for restored', async () => {
  const given = await input();
  const reached = new Promise<void>((resolve) => rig.on('renewed', () => resolve()));
  let dead = false;
  rig.on('renewed', () => (dead = true));
  const commands: typeof rig.host.commands = {
    run: (argv, options) => (dead ? new Promise(() => {}) : rig.host.commands.run(argv, options)),
  };
  // What is as good as dead wakes up when the time of its check is over, and finds its place gone.
  executeRun({ ...rig.context, host: { ...rig.host, commands } }, given).catch(() => {});
  await reached;
  const [ended] = await settleOpenRuns(rig.context);
  expect(ended?.report).toMatchObject({ outcome: 'reverted', renewed: [MANIFEST] });
  expect(ended?.report.othersEdits).toBeUndefined();
  expect([renewals(), rig.read(MANIFEST)]).toEqual([1, annotated(given.run)]);
});
