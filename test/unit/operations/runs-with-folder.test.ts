import { expect, test } from 'vitest';
import type { RealPath, RunId } from '../../../src/model/brand.ts';
import { everyRunWithFolder, runsWithFolder } from '../../../src/operations/runs-with-folder.ts';
import { libraryHost } from './library-session.ts';

const OLDEST = '01JZ8Y2M3N4P5Q6R7S8T9V0W1X' as RunId;
const NEWER = '01JZ8Y2M3N4P5Q6R7S8T9V0W2X' as RunId;
const NEWEST = '01KZ8Y2M3N4P5Q6R7S8T9V0W1X' as RunId;

test('runs are told newest first, all of them and those of a prefix', async () => {
  const host = await libraryHost();
  const stateDir: RealPath = host.session.host.stateDir;
  expect(everyRunWithFolder(stateDir)).toEqual([]);
  for (const run of [NEWER, NEWEST, OLDEST]) {
    host.write(`/var/lib/setpoint/runs/${run}/report.json`, '');
  }
  expect(everyRunWithFolder(stateDir)).toEqual([NEWEST, NEWER, OLDEST]);
  expect(runsWithFolder(stateDir, '01jz')).toEqual([NEWER, OLDEST]);
  expect(runsWithFolder(stateDir, '..')).toEqual([]);
});
