import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { blockedFiles } from '../../../src/apply/journal/blocked-files.ts';
import { openJournals, writeJournal } from '../../../src/apply/journal/journal-file.ts';
import { needsPerson } from '../../../src/apply/journal/for-person.ts';
import { runFolder } from '../../../src/apply/journal/run-folder.ts';
import type { Millis } from '../../../src/model/brand.ts';
import { openRunNotices } from '../../../src/operations/planning/open-run-notice.ts';
import { readStatus } from '../../../src/operations/read-status.ts';
import { recoverRuns } from '../../../src/operations/recover-runs.ts';
import type { Session } from '../../../src/operations/session.ts';
import { applyToConfirm } from './confirm-rig.ts';
import { EDITED, FILES, failedRun, openOldRig } from './failed-run.ts';
import { HOST, type RunRig } from './run-rig.ts';

let rig: RunRig;
let session: Session;
beforeEach(async () => {
  rig = await openOldRig();
  const timeout = { lockTimeout: 5000 as Millis };
  const options = { root: rig.root, cwd: rig.root, env: process.env, actor: 'eve', ...timeout };
  session = { host: rig.host, hostName: HOST, options };
});
afterEach(() => rig.close());

test('a run whose decision is damaged needs a person, also before any recovery has noted that', async () => {
  await applyToConfirm(rig, [{ path: EDITED, to: 'new' }]);
  const [journal] = openJournals(rig.host);
  if (journal === undefined) throw new Error('no run is open');
  writeFileSync(runFolder(rig.host.stateDir, journal.header.run).decision, 'x');
  rig.context.lock.release();
  expect([...blockedFiles(rig.host).keys()]).toEqual([EDITED]);
  expect(await openRunNotices(session)).toEqual([]);
  const status = await readStatus(session);
  expect(status.openRuns).toMatchObject([{ state: 'revert-failed', blocks: [EDITED] }]);
  const dry = { runs: [], choice: null, dryRun: true, listener: () => {} };
  const shown = await recoverRuns(session, dry);
  expect(shown).toMatchObject({ exitCode: 4, leftOpen: [] });
  expect(shown.needsPerson[0]?.reason).toContain('cannot be read');
  expect(shown.needsPerson[0]?.files).toHaveLength(1);
});

test('a choice that was begun keeps its files blocked, and is told as a run that was left open', async () => {
  await failedRun(rig, () => rig.write(EDITED, 'theirs'));
  const [journal] = openJournals(rig.host).filter(needsPerson);
  if (journal === undefined) throw new Error('no run needs a person');
  const settlement = { choice: 'take-old', reason: null, actor: 'ann', at: 'then' } as const;
  expect(await openRunNotices(session)).toEqual([]);
  await writeJournal(rig.host, { ...journal, settlement });
  rig.context.lock.release();
  expect([...blockedFiles(rig.host).keys()].toSorted()).toEqual(FILES.toSorted());
  expect(await openRunNotices(session)).toMatchObject([{ code: 'SP3043' }]);
});
