import { expect, it } from 'vitest';
import type { StateRepository } from '../../../../src/git/record/state-repository.ts';
import type { CommitId, PlanName, RunId, WorkspaceName } from '../../../../src/model/brand.ts';
import type { Hold, PlanRecord } from '../../../../src/model/recorded-state.ts';
import {
  changeOfKeptRun,
  type PlanChange,
} from '../../../../src/operations/revert-branch/recorded-before.ts';
import type { KeptRun } from '../../../../src/operations/reverting/kept-run.ts';

const plan = 'app' as PlanName;
const workspace = 'platform' as WorkspaceName;

interface Step {
  readonly run: string;
  readonly status?: 'applied' | 'reverted';
  /** Commit of the plan's record after it; null: no record. */
  readonly commit: string | null;
  readonly hold?: Partial<Hold>;
  readonly dirty?: boolean;
  /** The run that the record names; default: the run of the step. */
  readonly of?: string;
  readonly workspace?: string;
  /** Further plans that are recorded. */
  readonly others?: readonly string[];
}

/** A history of one state commit a step, named `s0`, `s1`, …; inputs are named after the plan's commit. */
function history(...steps: readonly Step[]): Pick<StateRepository, 'loadAt' | 'commitsOfRun'> {
  const records = steps.map((step): PlanRecord | null =>
    step.commit === null
      ? null
      : ({
          plan,
          workspace: step.workspace ?? workspace,
          commit: step.commit,
          dirty: step.dirty ?? false,
          inputDigest: `inputs of ${step.commit}`,
          run: step.of ?? step.run,
          hold: step.hold ?? null,
        } as PlanRecord),
  );
  return {
    loadAt: async (commit) => {
      const record = records[Number(commit.slice(1))];
      const others = steps[Number(commit.slice(1))]?.others ?? [];
      const own = record === null || record === undefined ? [] : [record];
      return { plans: [...own, ...others.map((name) => ({ plan: name, workspace }))] } as never;
    },
    commitsOfRun: async (run) =>
      steps.flatMap((step, i) => {
        if (step.run !== run) return [];
        const trailers = [{ key: 'Setpoint-Status', value: step.status ?? 'applied' }];
        return [{ parent: i === 0 ? null : `s${i - 1}`, date: 0, trailers } as never];
      }),
  };
}

/** What the last step changed. */
function changeOf(steps: readonly Step[], planCommit: string | null): Promise<PlanChange> {
  const last = steps.length - 1;
  const kept = {
    run: steps[last]?.run as RunId,
    plan,
    commit: `s${last}` as CommitId,
    base: last === 0 ? null : (`s${last - 1}` as CommitId),
    at: '',
    planCommit,
    restored: false,
  } satisfies KeptRun;
  return changeOfKeptRun(history(...steps) as StateRepository, kept);
}

const ONE = { run: 'R1', commit: 'c1' };
const TWO = { run: 'R2', commit: 'c2' };
const THREE = { run: 'R3', commit: 'c3' };
const HOLD_2 = { run: 'X' as RunId, inputDigest: 'inputs of c2' as Hold['inputDigest'] };

it.each<[string, readonly Step[], string | null]>([
  ['the commit of the run before', [ONE, TWO], 'c1'],
  ['of a new plan nothing', [TWO], null],
  ['of a plan whose first run was reverted nothing', [{ ...ONE, status: 'reverted' }, TWO], null],
  [
    'not the commit of a run that was reverted since, but that of the record',
    [ONE, { run: 'R9', status: 'reverted', commit: 'c1', of: 'R1' }, TWO],
    'c1',
  ],
  [
    'not the commit of a run that was taken back, but the one before it',
    [ONE, TWO, { run: 'X', of: 'R2', commit: 'c2', hold: HOLD_2 }, THREE],
    'c1',
  ],
  [
    'nor one that was taken back as well',
    [
      { run: 'R0', commit: 'c0' },
      ONE,
      TWO,
      {
        run: 'X',
        of: 'R2',
        commit: 'c2',
        hold: { ...HOLD_2, also: ['inputs of c1' as Hold['inputDigest']] },
      },
      THREE,
    ],
    'c0',
  ],
  [
    'nor that of one that was taken back, when the hold of a red gate came after it',
    [
      ONE,
      TWO,
      { run: 'X', of: 'R2', commit: 'c2', hold: HOLD_2 },
      {
        run: 'R9',
        status: 'reverted',
        of: 'R2',
        commit: 'c2',
        hold: { run: 'R9' as RunId, inputDigest: 'inputs of c9' as Hold['inputDigest'] },
      },
      THREE,
    ],
    'c1',
  ],
  [
    'the commit that is recorded, where a second run of the same inputs was reverted',
    [ONE, TWO, { run: 'X', status: 'reverted', of: 'R2', commit: 'c2', hold: HOLD_2 }, THREE],
    'c2',
  ],
])('before a run is %s', async (_, steps, before) => {
  const { run, commit } = steps.at(-1) ?? ONE;
  expect(await changeOf(steps, commit)).toEqual({ run, plan, workspace, applied: commit, before });
});

it('a run that released the plan has the commit that removed it', async () => {
  expect(await changeOf([ONE, { run: 'R2', commit: null }], 'c2')).toMatchObject({
    applied: 'c2',
    before: 'c1',
    workspace,
  });
});

it.each<[string, readonly Step[], string | null, string]>([
  ['applied no commit', [ONE, { run: 'X', of: 'R1', commit: 'c1' }], null, 'applied no commit'],
  ['applied what was not committed', [ONE, TWO], 'c2+dirty', 'were not committed'],
  [
    'took over from another plan',
    [
      { ...ONE, others: ['x', 'y'] },
      { ...TWO, others: ['y'] },
    ],
    'c2',
    'what x had',
  ],
  ['came after such a run', [{ ...ONE, dirty: true }, TWO], 'c2', 'before run R2'],
])('a run that %s is refused', async (_, steps, planCommit, words) => {
  await expect(changeOf(steps, planCommit)).rejects.toMatchObject({
    exitCode: 7,
    diagnostics: [{ code: 'SP4277', message: expect.stringContaining(words) }],
  });
});
