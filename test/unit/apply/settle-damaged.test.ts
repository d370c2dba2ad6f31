import { readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
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
  livePicture,
  openOldRig,
  recordedAs,
  settle,
  type FailedRun,
} from './failed-run.ts';
import { runInput } from './run-inputs.ts';
import { type RunRig } from './run-rig.ts';

let rig: RunRig;
beforeEach(async () => {
  rig = await openOldRig();
});
afterEach(() => rig.close());

describe('what the run had kept is damaged', () => {
  test.each([
    ['the stage is gone', ({ stage }: FailedRun) => rmSync(stage, { recursive: true })],
    [
      'the stage and its parent are gone',
      ({ stage }: FailedRun) => rmSync(dirname(stage), { recursive: true }),
    ],
    ['the run folder is gone', ({ folder }: FailedRun) => rmSync(folder.dir, { recursive: true })],
    [
      'both are gone',
      ({ stage, folder }: FailedRun) => {
        rmSync(stage, { recursive: true });
        rmSync(folder.dir, { recursive: true });
      },
    ],
  ])('%s: both versions come from the recorded state', async (_, damage) => {
    for (const [choice, wanted] of [
      ['take-old', OLD],
      ['take-new', NEW],
    ] as const) {
      rig.close();
      rig = await openOldRig();
      await executeRun(
        rig.context,
        await runInput(rig, [
          { path: EDITED, to: 'old', mode: 0o600 },
          { path: CHMODDED, to: 'same', mode: 0o640 },
          { path: DELETED, to: 'bye' },
        ]),
      );
      const failed = await failedRun(rig, () => rig.write(EDITED, 'theirs'));
      damage(failed);
      const { report } = await settle(rig, choice);
      expect([choice, report.reason, livePicture(rig)]).toEqual([choice, report.reason, wanted]);
      expectClosed(rig, failed);
    }
  });

  test.each(['take-old', 'take-new'] as const)(
    'nor are copies recorded: %s has the version from the backup store',
    async (choice) => {
      const input = await runInput(rig, [
        { path: EDITED, to: 'old', mode: 0o600 },
        { path: CHMODDED, to: 'same', mode: 0o640 },
        { path: DELETED, to: 'bye' },
      ]);
      await executeRun(rig.context, { ...input, kept: recordedAs(input.kept, 'digest') });
      const { stage, folder } = await failedRun(
        rig,
        () => rig.write(EDITED, 'theirs'),
        false,
        'digest',
      );
      rmSync(stage, { recursive: true });
      rmSync(folder.dir, { recursive: true });
      await settle(rig, choice);
      expect(livePicture(rig)).toEqual(choice === 'take-old' ? OLD : NEW);
    },
  );

  test('a kept old file that somebody wrote to is not taken for the old content, and what they wrote is kept', async () => {
    const failed = await failedRun(rig, (stage) => writeFileSync(join(stage, '0.old'), 'scribble'));
    const { report } = await settle(rig, 'take-old');
    // The recorded state has no older copy: nothing is written.
    expect(report.outcome).toBe('revert-failed');
    expect(report.reason).toContain(`no copy of the old ${EDITED} is left`);
    expect(livePicture(rig)).toEqual(NEW);
    expect((await settle(rig, 'take-new')).report.outcome).toBe('applied');
    expect(foreignCopies(failed)).toContain('scribble');
    expectClosed(rig, failed);
  });
});

test('a directory with files in the place of a file stops every write', async () => {
  await failedRun(rig, () => {
    rmSync(rig.real(EDITED));
    rig.write(`${EDITED}/mine`, 'mine');
  });
  for (const choice of ['take-old', 'take-new'] as const) {
    const { report, open, diagnostics } = await settle(rig, choice);
    expect([report.outcome, open]).toEqual(['revert-failed', true]);
    expect(diagnostics.map(({ code }) => code)).toContain('SP4252');
  }
  expect(rig.read(`${EDITED}/mine`)).toBe('mine');
  expect(rig.read(CREATED)).toBe('rules');
  expect((await settle(rig, 'keep-live')).report.outcome).toBe('kept-live');
});

test('foreign bytes that cannot be kept are not overwritten, not even by half of the files', async () => {
  const failed = await failedRun(rig, () => rig.write(EDITED, 'theirs'));
  rmSync(failed.folder.foreign, { recursive: true, force: true });
  writeFileSync(failed.folder.foreign, 'in the way');
  const { report } = await settle(rig, 'take-old');
  expect(report.outcome).toBe('revert-failed');
  expect([rig.read(EDITED), rig.read(CREATED)]).toEqual(['theirs', 'rules']);
});

test('a link that was put there is kept as a link', async () => {
  const failed = await failedRun(rig, () => {
    rmSync(rig.real(EDITED));
    symlinkSync('../elsewhere', rig.real(EDITED));
  });
  await settle(rig, 'take-new');
  expect(readlinkSync(join(failed.folder.foreign, '0.link'))).toBe('../elsewhere');
});
