import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { openJournals } from '../../../src/apply/journal/journal-file.ts';
import { recoverRuns } from '../../../src/apply/recovery/recover.ts';
import { trailerValue } from '../../../src/git/record/commit-message.ts';
import {
  CHMODDED,
  CREATED,
  DELETED,
  EDITED,
  NEW,
  OLD,
  expectClosed,
  failedRun,
  foreignCopies,
  inodes,
  lastStatus,
  livePicture,
  openOldRig,
  settle,
} from './failed-run.ts';
import { runInput } from './run-inputs.ts';
import { hostPath, type RunRig } from './run-rig.ts';

let rig: RunRig;
beforeEach(async () => {
  rig = await openOldRig();
});
afterEach(() => rig.close());

/** What somebody else did, and the bytes of it that must be kept. */
const FOREIGN: readonly (readonly [string, () => void, readonly string[]])[] = [
  ['wrote into the edited file', () => rig.write(EDITED, 'theirs'), ['theirs']],
  ['deleted the edited file', () => rmSync(rig.real(EDITED)), []],
  [
    'put a link in the place of the edited file',
    () => {
      rmSync(rig.real(EDITED));
      symlinkSync('/etc/passwd', rig.real(EDITED));
    },
    [],
  ],
  [
    'put an empty directory in the place of the edited file',
    () => {
      rmSync(rig.real(EDITED));
      mkdirSync(rig.real(EDITED));
    },
    [],
  ],
  ['changed the mode that the run changed', () => chmodSync(rig.real(CHMODDED), 0o666), []],
  ['changed the new file', () => rig.write(CREATED, 'theirs'), ['theirs']],
  ['made the deleted file again', () => rig.write(DELETED, 'theirs'), ['theirs']],
];

describe.each(FOREIGN)('somebody else %s', (_, act, theirs) => {
  test.each([
    ['take-old', OLD, 'reverted'],
    ['take-new', NEW, 'applied'],
  ] as const)(
    '%s gives every file that version, theirs is kept',
    async (choice, wanted, outcome) => {
      const failed = await failedRun(rig, act);
      const { report, open } = await settle(rig, choice);
      expect([report.outcome, open, report.settled?.choice]).toEqual([outcome, false, choice]);
      expect(livePicture(rig)).toEqual(wanted);
      expect(foreignCopies(failed)).toEqual(expect.arrayContaining([...theirs]));
      expectClosed(rig, failed);
      expect(await lastStatus(rig)).toBe(outcome);
      expect(await recoverRuns(rig.context)).toEqual([]);
    },
  );

  test('keep-live writes nothing', async () => {
    const failed = await failedRun(rig, act, true);
    const before = inodes(rig);
    const { report, open } = await settle(rig, 'keep-live');
    expect([report.outcome, open]).toEqual(['kept-live', false]);
    expect(inodes(rig)).toEqual(before);
    expectClosed(rig, failed);
  });
});

test.each(['take-old', 'take-new', 'keep-live'] as const)(
  '%s keeps what was written after the revert had failed, too',
  async (choice) => {
    const failed = await failedRun(rig, () => rig.write(EDITED, 'theirs'));
    rig.write(EDITED, 'later');
    const { diagnostics } = await settle(rig, choice);
    expect(foreignCopies(failed)).toEqual(expect.arrayContaining(['theirs', 'later']));
    const told = diagnostics.filter(({ code }) => code === 'SP4254').map(({ message }) => message);
    expect(told.join()).toContain(join(failed.folder.foreign, '0-2'));
  },
);

test('what is written in the very middle is not overwritten; every choice is open again', async () => {
  const failed = await failedRun(rig, () => rig.write(EDITED, 'theirs'));
  let done = false;
  rig.on('restored', () => {
    if (!done) rig.write(EDITED, 'again');
    done = true;
  });
  const { report, open } = await settle(rig, 'take-old');
  expect([report.outcome, open, rig.read(EDITED)]).toEqual(['revert-failed', true, 'again']);
  await settle(rig, 'take-new');
  expect(livePicture(rig)).toEqual(NEW);
  expect(foreignCopies(failed)).toEqual(expect.arrayContaining(['theirs', 'again']));
  expectClosed(rig, failed);
});

test.each([
  ['full', ['-----BEGIN', 'PRIVATE', 'KEY-----'].join(' '), true],
  ['digest', 'theirs', undefined],
] as const)(
  'keep-live copies neither a secret nor what the run records by digest (%s)',
  async (rule, theirs, secret) => {
    await executeRun(rig.context, await runInput(rig, [{ path: EDITED, to: 'old', mode: 0o600 }]));
    await failedRun(rig, () => rig.write(EDITED, theirs), false, rule);
    await settle(rig, 'keep-live');
    const { files } = await rig.state.load();
    const { record, secret: told } = files.get(hostPath(EDITED)) ?? {};
    expect([record, told]).toEqual(['digest', secret]);
    expect(await rig.state.copyOf(hostPath(EDITED))).toBeNull();
    const kept = await rig.state.contents([hostPath(EDITED)]);
    expect(Buffer.from(kept.get(hostPath(EDITED)) ?? '').toString()).toBe(theirs);
  },
);

test('keep-live records what is live', async () => {
  await failedRun(rig, () => rig.write(EDITED, 'theirs'), true);
  await settle(rig, 'keep-live');
  const { files, plans } = await rig.state.load();
  for (const path of [EDITED, CHMODDED, CREATED, DELETED]) {
    expect(files.get(hostPath(path))?.state ?? null).toEqual(rig.stateOf(path));
    const copy = await rig.state.copyOf(hostPath(path));
    expect(copy === null ? null : Buffer.from(copy).toString()).toBe(rig.read(path));
  }
  expect(await lastStatus(rig)).toBe('observed');
  // An audit was red: the same inputs are not tried again.
  expect(plans[0]?.hold?.reason).toMatch(
    /^ann kept the live files with --keep-live \(because\); before that: /,
  );
});

test('mode and owner that somebody else changed go back, too', async () => {
  const failed = await failedRun(rig, () => {
    rig.write(CREATED, 'theirs');
    chmodSync(rig.real(EDITED), 0o666);
  });
  await settle(rig, 'take-old');
  expect(livePicture(rig)).toEqual(OLD);
  expectClosed(rig, failed);
});

test('the other version is recorded with the choice, the person and the reason', async () => {
  await failedRun(rig, () => rig.write(EDITED, 'theirs'));
  await settle(rig, 'take-new');
  const [commit] = await rig.state.log(1);
  expect(commit?.message).toContain('! settled by hand with --take-new by ann: because');
  expect(trailerValue(commit?.trailers ?? [], 'Setpoint-Settled')).toBe('take-new ann');
  const audit = readFileSync(join(rig.host.stateDir, 'audit.jsonl'), 'utf8');
  const row = audit.split('\n').find((line) => line.includes('run-settled'));
  expect(row).toMatch(/"actor":"ann".*"choice":"take-new".*"reason":"because"/);
});

test('actions run and gates are told, but a person decided: red is recorded as unproven', async () => {
  const input = await runInput(rig, [
    { path: EDITED, to: 'new', watched: true, onChange: ['exit 3'], gates: ['grep -q old "$0"'] },
  ]);
  let done = false;
  rig.on('written', () => {
    if (!done) rig.write(EDITED, 'theirs');
    done = true;
  });
  await executeRun(
    { ...rig.context },
    { ...input, options: { ...input.options, allowUnhealthy: true } },
  );
  const { report, diagnostics } = await settle(rig, 'take-new');
  expect([report.outcome, report.unproven]).toEqual(['applied', true]);
  expect(report.reason).toContain('exited 3');
  expect(diagnostics.map(({ code }) => code)).toContain('SP4253');
  expect(await lastStatus(rig)).toBe('applied, unproven');
});

test.each(['take-old', 'take-new', 'keep-live'] as const)(
  '%s after another run recorded something keeps that record',
  async (choice) => {
    await failedRun(rig, () => rig.write(EDITED, 'theirs'));
    const other = await runInput(rig, [{ path: '/etc/app/other.conf', to: 'other' }]);
    expect((await executeRun(rig.context, other)).report.outcome).toBe('applied');
    const { report, open } = await settle(rig, choice);
    expect([report.reason, open]).toEqual([report.reason, false]);
    expect((await rig.state.load()).files.has(hostPath('/etc/app/other.conf'))).toBe(true);
    const copy = await rig.state.copyOf(hostPath(EDITED));
    expect(copy === null ? null : Buffer.from(copy).toString()).toBe(
      choice === 'take-new' ? 'new' : null,
    );
  },
);

test('a retried revert after another run recorded something is recorded, too', async () => {
  await failedRun(rig, () => rig.write(EDITED, 'theirs'));
  const other = await runInput(rig, [{ path: '/etc/app/other.conf', to: 'other' }]);
  await executeRun(rig.context, other);
  rig.write(EDITED, 'new', 0o600);
  expect((await recoverRuns(rig.context)).map(({ outcome }) => outcome)).toEqual(['reverted']);
  expect(openJournals(rig.host)).toEqual([]);
  expect((await rig.state.load()).files.has(hostPath('/etc/app/other.conf'))).toBe(true);
});
