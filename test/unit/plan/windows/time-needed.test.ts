import { expect, it } from 'vitest';
import type { Step } from '../../../../src/model/change-set.ts';
import type { GatePhase, GateSpec } from '../../../../src/model/check.ts';
import type { HostPath, Millis } from '../../../../src/model/brand.ts';
import { timeNeeded } from '../../../../src/plan/windows/time-needed.ts';

function gate(within: number, ...phases: readonly GatePhase[]): GateSpec {
  const check = { kind: 'tcp', host: 'localhost', port: 1 } as const;
  const times = { every: 1 as Millis, timeout: 1 as Millis, successes: 1 };
  return { id: String(within), phases, check, within: within as Millis, ...times };
}

const STEP: Step = {
  path: '/a' as HostPath,
  gates: [gate(1000, 'before', 'after', 'revert')],
  onChange: [{ run: ['true'], timeout: 7 as Millis }],
  audits: [{ id: 'a', check: { kind: 'tcp', host: 'localhost', port: 1 }, timeout: 50 as Millis }],
};

it('is the sum of the deadlines before and after, of audits and actions; a revert is not in it', () => {
  const part = { steps: [STEP, STEP], gates: [gate(300, 'after'), gate(20_000, 'revert')] };
  expect(timeNeeded(part, false)).toBe(2 * (2000 + 7 + 50) + 300);
  expect(timeNeeded(part, true)).toBe(14);
});
