import { beforeEach, expect, it, vi } from 'vitest';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';
import { applyChanges } from '../../../src/operations/apply-changes.ts';
import { applyWithBranch } from '../../../src/operations/apply-with-branch.ts';
import type { ApplyResult } from '../../../src/operations/results.ts';
import { requireBranchGround } from '../../../src/operations/revert-branch/branch-ground.ts';
import {
  prepareBranch,
  type PreparedBranch,
} from '../../../src/operations/revert-branch/prepare-branch.ts';
import type * as Prepare from '../../../src/operations/revert-branch/prepare-branch.ts';

vi.mock('../../../src/operations/apply-changes.ts', () => ({ applyChanges: vi.fn<never>() }));
vi.mock('../../../src/operations/open-state.ts', () => ({
  openState: () => ({ head: async () => null }),
}));
vi.mock('../../../src/operations/revert-branch/branch-ground.ts', () => ({
  requireBranchGround: vi.fn<never>(),
}));
vi.mock('../../../src/operations/revert-branch/prepare-branch.ts', async (original) => ({
  ...(await original<typeof Prepare>()),
  prepareBranch: vi.fn<never>(),
}));

const BRANCH = { name: 'back', commit: 'b' };
const WARNING = { code: 'SP4278', severity: 'warning', message: 'shared' } as const;

beforeEach(() => {
  vi.clearAllMocks();
  vi.mocked(prepareBranch).mockResolvedValue({
    branch: BRANCH,
    warnings: [WARNING],
  } as unknown as PreparedBranch);
});

/** An apply whose only run ends so, with a branch wanted. */
async function applied(outcome: string, dirty: readonly string[] = [], aborted = false) {
  const set = {
    workspace: 'platform',
    meta: { commit: 'c', dirty },
    request: { vars: { level: 3 } },
    parts: [],
  };
  const runs = [{ run: 'R', plan: 'app', outcome }];
  const result = { set, runs, problems: [], exitCode: 3 } as unknown as ApplyResult;
  vi.mocked(applyChanges).mockResolvedValue(result);
  const signal = aborted ? AbortSignal.abort() : new AbortController().signal;
  return applyWithBranch({} as never, { signal } as never, { name: 'back', push: false });
}

it('a reverted run gets its branch, with the variables of the apply; the exit code stays', async () => {
  const result = await applied('reverted');
  expect(result).toMatchObject({ branch: BRANCH, problems: [WARNING], exitCode: 3 });
  expect(vi.mocked(prepareBranch).mock.calls[0]?.[1]).toMatchObject({
    change: { run: 'R', plan: 'app', applied: 'c', before: null },
    vars: { level: 3 },
  });
});

it.each(['applied', 'failed', 'interrupted', 'revert-failed', 'awaiting-confirmation'])(
  'a run that ended %s gets none',
  async (outcome) => {
    expect(await applied(outcome)).toMatchObject({ branch: null, problems: [] });
    expect(prepareBranch).not.toHaveBeenCalled();
  },
);

it('one that a person interrupted gets none', async () => {
  expect(await applied('reverted', [], true)).toMatchObject({ branch: null });
  expect(prepareBranch).not.toHaveBeenCalled();
});

it.each([
  ['people can cause', new SetpointError(7, [{ code: 'SP5035', severity: 'error', message: 'x' }])],
  ['is a mistake of ours', new TypeError('x')],
])('what %s is a warning', async (_, error) => {
  vi.mocked(prepareBranch).mockRejectedValue(error);
  expect(await applied('reverted')).toMatchObject({
    branch: null,
    exitCode: 3,
    problems: [{ severity: 'warning', message: 'no branch was prepared: x' }],
  });
});

it('what was applied without a commit gets none, and a word why', async () => {
  expect(await applied('reverted', ['plans/app.yaml'])).toMatchObject({
    branch: null,
    problems: [{ code: 'SP4277', severity: 'warning' }],
  });
});

it('what cannot work is refused before anything is done', async () => {
  const refusal = new SetpointError(64, []);
  vi.mocked(requireBranchGround).mockRejectedValueOnce(refusal);
  await expect(applied('reverted')).rejects.toBe(refusal);
  expect(applyChanges).not.toHaveBeenCalled();
});
