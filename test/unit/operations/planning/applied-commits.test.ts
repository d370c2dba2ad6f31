import { expect, it } from 'vitest';
import type { StateLogEntry } from '../../../../src/git/record/state-history.ts';
import type { CommitId, WorkspaceName } from '../../../../src/model/brand.ts';
import type { PlanRecord, RecordedState } from '../../../../src/model/recorded-state.ts';
import { appliedCommits, strayPlans } from '../../../../src/operations/planning/applied-commits.ts';

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

it('plans of a commit that this history does not have are recorded anew; each commit is asked for once', async () => {
  const asked: string[] = [];
  const relations = { c1: 'ancestor', c2: 'diverged', c3: 'unknown' } as const;
  const repository = {
    relation(commit: CommitId) {
      asked.push(commit);
      return Promise.resolve(relations[commit as string as keyof typeof relations]);
    },
  };
  const plans = recorded(
    [HERE, 'a', 'c1'],
    [HERE, 'b', 'c2'],
    [HERE, 'c', 'c1'],
    [HERE, 'd', 'c2'],
    [HERE, 'e', null],
    [HERE, 'f', 'c3'],
    ['x', 'g', 'c2'],
  );
  const head = 'h' as CommitId;
  const stray = await strayPlans({ recorded: plans, workspace: HERE, repository, head });
  expect([...stray]).toEqual(['b', 'd', 'f']);
  expect(asked).toEqual(['c1', 'c2', 'c3']);
});
