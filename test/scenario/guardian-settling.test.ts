import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryResult, RecoverResult, StatusResult } from '../../src/operations/results.ts';
import { lockIsFree } from './rig/gate-wait.ts';
import { killedAt, NO_STRACE } from './rig/killed-at.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { bothFiles, leaveStuckRun, renamedOverConf, TAKEN } from './rig/stuck-run.ts';

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
  await leaveStuckRun(rig);
});
afterEach(() => rig.close());

async function statuses(): Promise<readonly string[]> {
  const status = (await rig.exits(0, 'status', '--json')).json<StatusResult>().result;
  expect(status.openRuns).toEqual([]);
  const { result } = (await rig.exits(0, 'history', '--json')).json<HistoryResult>();
  return result.entries.map((entry) => entry.status);
}

describe.skipIf(NO_STRACE !== null)(`recover killed before its last file${NO_STRACE ?? ''}`, () => {
  it.each([
    ['take-old', TAKEN.old, ['reverted', 'attempted']],
    ['take-new', TAKEN.new, ['applied, unproven']],
  ] as const)(
    '--%s is finished by its guardian, and recorded',
    async (choice, wanted, recorded) => {
      const path = (await renamedOverConf(rig))[choice];
      killedAt(rig, { call: 'rename', path }, 'recover', `--${choice}`, '--reason', 'a mistake');
      await lockIsFree(rig);
      expect(await bothFiles(rig)).toEqual(wanted);
      const found = await statuses();
      expect(found.slice(0, recorded.length)).toEqual(recorded);
      const log = await readFile(`${rig.stateDir}/guardian.log`, 'utf8');
      expect(log).toMatch(/the applier is gone[^]*a mistake/);
      await rig.exits(0, 'recover');
    },
  );
});

it('recover goes on without a guardian that cannot start, and says so', async () => {
  await rig.put('/var/lib/setpoint/guardian.log/in-the-way', '');
  const answer = await rig.exits(3, 'recover', '--take-old', '--json');
  const { result } = answer.json<RecoverResult>();
  expect(result.problems.map(({ code, severity }) => [code, severity])).toContainEqual([
    'SP4230',
    'warning',
  ]);
  expect(await bothFiles(rig)).toEqual(TAKEN.old);
});
