import { expect, test } from 'vitest';

import type { PlanName, WorkspaceName } from '../../../src/model/brand.ts';
import { isSamePlan, recordOfPlan, type PlanKey } from '../../../src/model/plan-key.ts';

function key(workspace: string, plan: string): PlanKey {
  return { workspace: workspace as WorkspaceName, plan: plan as PlanName };
}

test('a plan of the same name in another workspace is another plan', () => {
  expect(isSamePlan(key('a', 'app'), key('a', 'app'))).toBe(true);
  expect(isSamePlan(key('a', 'app'), key('b', 'app'))).toBe(false);
  expect(isSamePlan(key('a', 'app'), key('a', 'db'))).toBe(false);
});

test('the record of a plan is that of its own workspace', () => {
  const records = [key('b', 'app'), key('a', 'app')];
  expect(recordOfPlan(records, key('a', 'app'))).toBe(records[1]);
  expect(recordOfPlan(records, key('a', 'db'))).toBeUndefined();
});
