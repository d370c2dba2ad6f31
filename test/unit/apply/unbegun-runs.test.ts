import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { openJournals } from '../../../src/apply/journal/journal-file.ts';
import { recoverRuns } from '../../../src/apply/recovery/recover.ts';
import { clearUnbegunRuns } from '../../../src/apply/recovery/unbegun-runs.ts';
import { journalDirectory, journalPath, runFolder } from '../../../src/apply/journal/run-folder.ts';
import { backupsOf } from '../../../src/host/backups/backup-paths.ts';
import { objectPath, putObject } from '../../../src/host/backups/object-store.ts';
import { temporaryName } from '../../../src/host/temporary-names.ts';
import type { RunId } from '../../../src/model/brand.ts';
import { runInput } from './run-inputs.ts';
import { openRig, type RunRig } from './run-rig.ts';

const A = '/etc/app/a.conf';
/** Later than every run of today. */
const LATER = '7ZZZZZZZZZZZZZZZZZZZZZZZZZ' as RunId;

let rig: RunRig;
beforeEach(async () => {
  rig = await openRig();
  rig.write(A, 'old a\n');
});
afterEach(() => rig.close());

test('copies and a half-written journal of a run that never began go, finished runs stay', async () => {
  const input = await runInput(rig, [{ path: A, to: 'new a\n' }]);
  await executeRun(rig.context, input);
  const dead = runFolder(rig.host.stateDir, LATER);
  mkdirSync(join(dead.workspace, 'checks'), { recursive: true });
  writeFileSync(join(dead.workspace, 'checks', temporaryName()), 'half');
  writeFileSync(join(journalDirectory(rig.host.stateDir), temporaryName()), 'half');
  expect(await recoverRuns(rig.context)).toEqual([]);
  expect(existsSync(dead.dir)).toBe(false);
  expect(readdirSync(journalDirectory(rig.host.stateDir))).toEqual([]);
  expect(existsSync(runFolder(rig.host.stateDir, input.run).report)).toBe(true);
});

test('what a power cut left of a content that git does not keep goes, also where it took the folder of the run', async () => {
  const place = backupsOf(rig.host.stateDir);
  const objects = dirname(objectPath(place, await putObject(place, Buffer.from('whole'))));
  writeFileSync(join(objects, temporaryName()), 'half');
  await clearUnbegunRuns(rig.host);
  expect(readdirSync(objects)).toHaveLength(1);
});

test('what somebody writes in the folder of an open run, as an answer to it, is not swept', async () => {
  const { dir } = runFolder(rig.host.stateDir, LATER);
  const unfinished = join(dir, temporaryName());
  mkdirSync(dir, { recursive: true });
  mkdirSync(journalDirectory(rig.host.stateDir), { recursive: true });
  writeFileSync(unfinished, 'half');
  const journal = journalPath(rig.host.stateDir, LATER);
  writeFileSync(journal, '{}');
  await clearUnbegunRuns(rig.host);
  expect(existsSync(unfinished)).toBe(true);
  rmSync(journal);
  writeFileSync(join(dir, 'decision'), '{}');
  await clearUnbegunRuns(rig.host);
  expect(existsSync(unfinished)).toBe(false);
});

test('a folder with a decision is no run that never began', async () => {
  const { dir, decision } = runFolder(rig.host.stateDir, LATER);
  mkdirSync(dir, { recursive: true });
  writeFileSync(decision, '{}');
  await recoverRuns(rig.context);
  expect(existsSync(decision)).toBe(true);
});

test('the locks of a killed git do not keep a run open', async () => {
  const input = await runInput(rig, [{ path: A, to: 'new a\n' }]);
  const killed = () => {
    writeFileSync(join(rig.state.dir, 'HEAD.lock'), '');
    return Promise.reject(new Error('killed'));
  };
  await executeRun({ ...rig.context, state: { ...rig.state, advance: killed } }, input);
  expect(openJournals(rig.host)).toHaveLength(1);
  const [report] = await recoverRuns(rig.context);
  expect(report).toMatchObject({ outcome: 'applied', unrecorded: false });
  expect(openJournals(rig.host)).toEqual([]);
});
