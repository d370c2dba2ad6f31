import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournals } from '../../../src/apply/journal/journal-file.ts';
import { failedRun, openOldRig, settle } from './failed-run.ts';
import type { RunRig } from './run-rig.ts';

let rig: RunRig;
beforeEach(async () => {
  rig = await openOldRig();
});
afterEach(() => rig.close());

test('a stage that moved with its directory is named when its run is settled, and is left', async () => {
  const [app, moved] = [rig.real('/etc/app'), rig.real('/etc/app.moved')];
  const { input } = await failedRun(rig, () => {
    renameSync(app, moved);
    mkdirSync(join(app, 'manifests'), { recursive: true });
    rig.write('/etc/app/manifests/api.yaml', 'theirs');
  });
  const stage = join(moved, `.setpoint-stage-${input.run}`);
  const { diagnostics } = await settle(rig, 'keep-live');
  const told = diagnostics.find(({ code }) => code === 'SP4208');
  expect(told?.message).toContain(stage);
  expect(told?.help).toContain(`rm -r -- ${stage}`);
  expect(existsSync(stage)).toBe(true);
  expect(openJournals(rig.host)).toEqual([]);
});
