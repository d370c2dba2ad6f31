import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { openJournals } from '../../../src/apply/journal/journal-file.ts';
import { recoverRuns } from '../../../src/apply/recovery/recover.ts';
import { runFolder } from '../../../src/apply/journal/run-folder.ts';
import type { Millis } from '../../../src/model/brand.ts';
import { recordedAs } from './failed-run.ts';
import { runInput, type FileEdit } from './run-inputs.ts';
import { openRig, type RunRig } from './run-rig.ts';

const POLICY = '/etc/app/policy.yaml';
const MANIFEST = '/etc/app/manifests/api.yaml';
const OLD = 'kind: Pod\nargs:\n- --a=1\nspec:\nimage: v1\nend\n';
const NEW = 'kind: Pod\nargs:\n- --a=1\n- --policy=/etc/app/policy.yaml\nspec:\nimage: v1\nend\n';

let rig: RunRig;
beforeEach(async () => {
  rig = await openRig();
  rig.write(MANIFEST, OLD, 0o600);
});
afterEach(() => rig.close());

/** A companion file and the manifest that names it, red at the end unless `audits` says otherwise. */
function edits(audits: readonly string[] = ['false']): readonly FileEdit[] {
  return [
    { path: POLICY, to: 'rules\n' },
    { path: MANIFEST, to: NEW, watched: true, audits },
  ];
}

/** What somebody else does once the manifest is new. */
function meanwhile(act: () => void): void {
  rig.on('written', (event) => {
    if (event.type === 'written' && event.path === MANIFEST) act();
  });
}

const theirs = (text: string): string => text.replace('image: v1', 'image: v2');

test.each([
  ['in place', () => rig.write(MANIFEST, theirs(NEW))],
  [
    'by a rename',
    () => {
      rmSync(rig.real(MANIFEST));
      rig.write(MANIFEST, theirs(NEW), 0o600);
    },
  ],
])(
  'an edit of another line %s stays; only ours is taken back, and what was found is kept',
  async (_, act) => {
    meanwhile(act);
    const input = await runInput(rig, edits());
    const { report, diagnostics } = await executeRun(rig.context, input);
    expect(report.outcome).toBe('reverted');
    expect([rig.read(MANIFEST), rig.read(POLICY)]).toEqual([theirs(OLD), null]);
    expect(rig.stateOf(MANIFEST)?.mode).toBe(0o600);
    expect(statSync(rig.real(MANIFEST)).nlink).toBe(1);
    const { foreign } = runFolder(rig.host.stateDir, input.run);
    expect(readFileSync(join(foreign, '1'), 'utf8')).toBe(theirs(NEW));
    expect(statSync(join(foreign, '1')).mode & 0o777).toBe(0o600);
    expect(diagnostics.map(({ code }) => code)).toEqual(['SP4206']);
    expect(report.reason).toContain(`edits by others were left in ${MANIFEST}`);
    expect(report.othersEdits).toEqual([MANIFEST]);
    expect(openJournals(rig.host)).toEqual([]);
  },
);

test('it stays also where no copy of the new file is recorded', async () => {
  meanwhile(() => rig.write(MANIFEST, theirs(NEW)));
  const input = await runInput(rig, edits());
  const { report } = await executeRun(rig.context, {
    ...input,
    kept: recordedAs(input.kept, 'items'),
  });
  expect([report.outcome, rig.read(MANIFEST)]).toEqual(['reverted', theirs(OLD)]);
});

test('with green gates, too, a foreign edit is no proven state: reverted without a hold', async () => {
  meanwhile(() => rig.write(MANIFEST, theirs(NEW)));
  const { report } = await executeRun(rig.context, await runInput(rig, edits([])));
  expect(report.outcome).toBe('reverted');
  expect(rig.read(MANIFEST)).toBe(theirs(OLD));
  expect((await rig.state.load()).plans).toEqual([]);
});

test.each([
  ['the very lines of the run', () => rig.write(MANIFEST, NEW.replace('--policy=', '--audit='))],
  ['everything', () => rig.write(MANIFEST, 'other\n')],
  ['nothing but to remove the file', () => rmSync(rig.real(MANIFEST))],
])('an edit of %s leaves every file as it is: never a flag without its file', async (_, act) => {
  meanwhile(act);
  const { report } = await executeRun(rig.context, await runInput(rig, edits()));
  expect(report.outcome).toBe('revert-failed');
  expect(rig.read(POLICY)).toBe('rules\n');
  expect(report.reason).toContain(`${MANIFEST} was changed by somebody else`);
});

test('the commands compare before they replace, and lead to a proven revert', async () => {
  meanwhile(() => rig.write(MANIFEST, 'other\n'));
  const input = await runInput(rig, edits());
  const { report } = await executeRun(rig.context, input);
  const { foreign } = runFolder(rig.host.stateDir, input.run);
  expect(report.manualCommands.some((line) => line.includes(`kept as ${join(foreign, '1')}`))).toBe(
    true,
  );
  const script = report.manualCommands.slice(0, -1).join('\n');
  const done = await rig.host.commands.run(['sh', '-ec', script], {
    cwd: '/',
    timeout: 5000 as Millis,
  });
  expect([done.exitCode, done.stdout.includes('+other')]).toEqual([0, true]);
  expect((await recoverRuns(rig.context))[0]?.outcome).toBe('reverted');
  expect([rig.read(MANIFEST), rig.read(POLICY)]).toEqual([OLD, null]);
});

test('recovery after a death in the middle of such a revert takes the spliced file for restored', async () => {
  meanwhile(() => rig.write(MANIFEST, theirs(NEW)));
  const reached = new Promise<void>((resolve) => {
    rig.on('restored', (event) => {
      if (event.type === 'restored' && event.path === MANIFEST) resolve();
    });
  });
  const files = edits([]).map((edit) => ({ ...edit, onChange: ['true'] }));
  let calls = 0;
  // The action on the new files ends, the one on the old files never does.
  const commands: typeof rig.host.commands = {
    run: (argv, options) =>
      (calls += 1) > 2 ? new Promise(() => {}) : rig.host.commands.run(argv, options),
  };
  const host = { ...rig.host, commands };
  // What is as good as dead wakes up when the time of its check is over, and finds its place gone.
  executeRun({ ...rig.context, host }, await runInput(rig, files)).catch(() => {});
  await reached;
  const inode = statSync(rig.real(MANIFEST)).ino;
  expect((await recoverRuns(rig.context))[0]).toMatchObject({
    outcome: 'reverted',
    othersEdits: [MANIFEST],
  });
  expect([rig.read(MANIFEST), statSync(rig.real(MANIFEST)).ino]).toEqual([theirs(OLD), inode]);
});

test('a file that the run never wrote is not named in the commands', async () => {
  const input = await runInput(rig, [
    { path: MANIFEST, to: NEW, watched: true },
    { path: '/etc/app/manifests/b.yaml', to: 'b\n', watched: true },
  ]);
  meanwhile(() => {
    rig.write(MANIFEST, 'other\n');
    rig.write('/etc/app/manifests/b.yaml', 'theirs\n');
  });
  const { report } = await executeRun(rig.context, input);
  expect(report.outcome).toBe('revert-failed');
  expect(report.manualCommands.join('\n')).not.toContain('b.yaml');
});

test('when the kept old file is gone, the recorded content is given back, with its permissions', async () => {
  await executeRun(rig.context, await runInput(rig, [{ path: MANIFEST, to: OLD, mode: 0o640 }]));
  const input = await runInput(rig, edits());
  const stage = join(rig.real('/etc/app'), `.setpoint-stage-${input.run}`);
  meanwhile(() => rmSync(join(stage, '1.old'), { force: true }));
  const { report } = await executeRun(rig.context, input);
  expect(report.outcome).toBe('revert-failed');
  const script = report.manualCommands.slice(0, -1).join('\n');
  await rig.host.commands.run(['sh', '-ec', script], { cwd: '/', timeout: 5000 as Millis });
  expect([rig.read(MANIFEST), rig.stateOf(MANIFEST)?.mode]).toEqual([OLD, 0o640]);
});

test('an old file that somebody wrote to is never offered as the old content', async () => {
  const input = await runInput(rig, edits());
  const stage = join(rig.real('/etc/app'), `.setpoint-stage-${input.run}`);
  meanwhile(() => writeFileSync(join(stage, '1.old'), 'scribble\n'));
  const { report } = await executeRun(rig.context, input);
  expect(report.outcome).toBe('revert-failed');
  expect(report.manualCommands.join('\n')).not.toContain('1.old');
});
