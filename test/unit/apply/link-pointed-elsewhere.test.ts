import { readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { changedFiles } from '../../../src/apply/run/waiting-run.ts';
import type { RunInput } from '../../../src/apply/machine/run-input.ts';
import { standInGuardian, theWaiting, WITHIN } from './confirm-rig.ts';
import { runInput } from './run-inputs.ts';
import { hostPath, openRig, type RunRig } from './run-rig.ts';

const V1 = '/opt/v1';
const V2 = '/opt/v2';
const LINK = '/opt/a.conf';

let rig: RunRig;
beforeEach(async () => {
  rig = await openRig();
  rig.write(V1, 'old\n');
  rig.write(V2, 'their version\n');
  symlinkSync('v1', rig.real(LINK));
});
afterEach(() => rig.close());

async function throughLink(): Promise<RunInput> {
  const input = await runInput(rig, [{ path: V1, to: 'new\n' }]);
  const files = input.part.files.map((file) => ({
    ...file,
    declared: hostPath(LINK),
    linkText: 'v1',
  }));
  return { ...input, part: { ...input.part, files } };
}

function pointElsewhere(): void {
  rmSync(rig.real(LINK));
  symlinkSync('v2', rig.real(LINK));
}

test('a link that is pointed elsewhere in the gate wait is an edit by others: the run is taken back, the link stays theirs', async () => {
  rig.on('written', pointElsewhere);
  const { report } = await executeRun(rig.context, await throughLink());
  expect(report.outcome).toBe('reverted');
  expect(report.reason).toContain(`${LINK} (leads to ${V2} now, not to ${V1})`);
  expect([rig.read(V1), rig.read(V2)]).toEqual(['old\n', 'their version\n']);
  expect(readlinkSync(rig.real(LINK))).toBe('v2');
});

test('a link that is pointed elsewhere while a confirmation is awaited is named to who confirms', async () => {
  const input = await throughLink();
  const options = { ...input.options, confirmWithin: WITHIN };
  await executeRun({ ...rig.context, guardian: standInGuardian() }, { ...input, options });
  expect(await changedFiles(theWaiting(rig), rig.host)).toEqual([]);
  pointElsewhere();
  expect(await changedFiles(theWaiting(rig), rig.host)).toEqual([
    `${LINK} (leads to ${V2} now, not to ${V1})`,
  ]);
});
