import { expect, test } from 'vitest';

import { branchLines } from '../../../../src/cli/views/branch-line.ts';
import type { CommitId } from '../../../../src/model/brand.ts';

const COMMIT = 'c'.repeat(40) as CommitId;
const BRANCH = {
  name: 'back',
  commit: COMMIT,
  onto: COMMIT,
  files: [{ path: 'plans/a.yaml', change: 'restored' }],
  created: true,
  pushed: null,
} as const;

test('a branch that was not pushed says how to, to its remote when that is known', () => {
  expect(branchLines(BRANCH)[0]).toMatch(/; push it: git push REMOTE back$/);
  expect(branchLines({ ...BRANCH, remote: 'team' })[0]).toMatch(/; push it: git push team back$/);
});
