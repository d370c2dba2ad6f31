import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournals, writeJournal } from '../../../src/apply/journal/journal-file.ts';
import { needsPerson } from '../../../src/apply/journal/for-person.ts';
import type { Millis } from '../../../src/model/brand.ts';
import type { SettleChoice } from '../../../src/model/outcome.ts';
import { openSession } from '../../../src/operations/open-session.ts';
import { recoverRuns } from '../../../src/operations/recover-runs.ts';
import type { RecoverResult } from '../../../src/operations/results.ts';
import {
  EDITED,
  OLD,
  expectClosed,
  failedRun,
  livePicture,
  openOldRig,
  type FailedRun,
} from '../apply/failed-run.ts';
import { HOST, type RunRig } from '../apply/run-rig.ts';

let rig: RunRig;
let failed: FailedRun;
beforeEach(async () => {
  rig = await openOldRig();
  failed = await failedRun(rig, () => rig.write(EDITED, 'theirs'));
});
afterEach(() => rig.close());

/** `setpoint recover` by another process: the rig no longer holds the lock. */
async function recover(choice: SettleChoice | null): Promise<RecoverResult> {
  const session = await openSession({
    root: rig.root,
    host: HOST,
    cwd: rig.root,
    env: process.env,
    actor: 'bob',
    lockTimeout: 5000 as Millis,
  });
  return recoverRuns(session, {
    runs: [],
    choice: choice === null ? null : { choice, reason: null },
    dryRun: false,
    listener: () => {},
  });
}

/** Ann chose `take-old` and was cut off right after her choice was journalled. */
async function cutOff(): Promise<void> {
  const [journal] = openJournals(rig.host).filter(needsPerson);
  if (journal === undefined) throw new Error('no run needs a person');
  const settlement = { choice: 'take-old', reason: 'mistake', actor: 'ann', at: 'then' } as const;
  await writeJournal(rig.host, { ...journal, settlement });
  rig.context.lock.release();
}

test('another choice is refused while one is begun; recover finishes the first as its own person', async () => {
  await cutOff();
  await expect(recover('take-new')).rejects.toThrow('--take-old by ann');
  const { recovered, exitCode } = await recover(null);
  expect([exitCode, livePicture(rig)]).toEqual([3, OLD]);
  expect(recovered[0]?.settled).toEqual({ choice: 'take-old', actor: 'ann', reason: 'mistake' });
  expectClosed(rig, failed);
});

test('the same choice once more finishes it, too', async () => {
  await cutOff();
  const { exitCode } = await recover('take-old');
  expect([exitCode, livePicture(rig)]).toEqual([3, OLD]);
});

const attributes = process.geteuid?.() === 0 && spawnSync('chattr', ['-i', '/tmp']).status === 0;

test.skipIf(!attributes)(
  'a choice that a place forbids is not offered, and says what does',
  async () => {
    rig.context.lock.release();
    const path = rig.real(EDITED);
    spawnSync('chattr', ['+i', path]);
    const [run] = (await recover(null).finally(() => spawnSync('chattr', ['-i', path])))
      .needsPerson;
    expect(run?.choices).toMatchObject([
      { choice: 'take-old', possible: false },
      { choice: 'take-new', possible: false },
      { choice: 'keep-live', possible: true, obstacles: [] },
    ]);
    expect(run?.choices[1]?.obstacles).toEqual([
      expect.stringMatching(/is immutable or append-only: `lsattr .*`chattr -ia \/.*`/),
    ]);
  },
);

test.each([
  ['full', true],
  ['digest', false],
] as const)('content that recorded state keeps as %s is printed: %s', async (record, printed) => {
  rig.close();
  rig = await openOldRig();
  failed = await failedRun(rig, () => rig.write(EDITED, 'theirs'), false, record);
  rig.context.lock.release();
  const shown = JSON.stringify(await recover(null));
  expect([shown.includes('+theirs'), shown.includes('oldToLive')]).toEqual([printed, true]);
});
