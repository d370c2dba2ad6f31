import { expect, it } from 'vitest';
import type { StateLogEntry } from '../../../../src/git/record/state-history.ts';
import type { WorkspaceName } from '../../../../src/model/brand.ts';
import type { PlanRecord, RecordedState } from '../../../../src/model/recorded-state.ts';
import { appliedCommits } from '../../../../src/operations/planning/applied-commits.ts';

const HERE = 'platform' as WorkspaceName;

function recorded(...plans: readonly [workspace: string, plan: string, commit: string | null][]) {
  const records = plans.map(([workspace, plan, commit]) => ({ workspace, plan, commit }));
  return { plans: records as unknown as readonly PlanRecord[] } as RecordedState;
}

function lastWas(trailers: Readonly<Record<string, string>> | null) {
  const entries = Object.entries(trailers ?? {}).map(([key, value]) => ({ key, value }));
  const entry = trailers === null ? null : ({ trailers: entries } as unknown as StateLogEntry);
  return { lastApplied: () => Promise.resolve(entry) };
}

it('what was applied last stands for all before it, of dirty files, too', async () => {
  const last = lastWas({ 'Setpoint-Plan': 'gone', 'Setpoint-Plan-Commit': 'c2+dirty' });
  const plans = recorded([HERE, 'a', 'c1']);
  expect(await appliedCommits(last, plans, HERE)).toEqual([{ commit: 'c2', plans: ['gone'] }]);
});

it('where a record of an earlier version does not tell it, the commits of all plans of the workspace count', async () => {
  const plans = recorded([HERE, 'a', 'c1'], [HERE, 'b', 'c1'], [HERE, 'c', null], ['x', 'd', 'c9']);
  expect(await appliedCommits(lastWas(null), plans, HERE)).toEqual([
    { commit: 'c1', plans: ['a', 'b'] },
  ]);
});
