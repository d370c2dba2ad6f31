import { expect, it } from 'vitest';
import type { Digest, RunId } from '../../../../src/model/brand.ts';
import type { Hold } from '../../../../src/model/recorded-state.ts';
import { nextHold } from '../../../../src/operations/reverting/next-hold.ts';

const [FIRST, REVERT, BY] = ['R1', 'R2', 'R3'] as readonly string[] as readonly RunId[] as [
  RunId,
  RunId,
  RunId,
];
const [OLD, NEW] = ['sha256:old', 'sha256:new'] as readonly string[] as readonly Digest[] as [
  Digest,
  Digest,
];

function hold(run: RunId, inputDigest: Digest): Hold {
  return { run, inputDigest, reason: 'red' };
}

it('a run that is taken back holds the inputs that it applied and those that are recorded', () => {
  const next = nextHold({ hold: null, inputDigest: NEW }, { run: FIRST, inputs: OLD }, BY);
  expect(next).toMatchObject({ run: BY, inputDigest: NEW, also: [OLD] });
});

it('a revert that is taken back lets go of its own hold, and the hold before it counts again', () => {
  const record = { hold: hold(REVERT, NEW), inputDigest: NEW };
  expect(nextHold(record, { run: REVERT, inputs: NEW, holdBefore: null }, BY)).toBeNull();
  const before = hold(FIRST, OLD);
  expect(nextHold(record, { run: REVERT, inputs: NEW, holdBefore: before }, BY)).toBe(before);
});

it('a hold that came after the revert stays when the revert is taken back', () => {
  const later = hold(FIRST, NEW);
  const record = { hold: later, inputDigest: NEW };
  expect(nextHold(record, { run: REVERT, inputs: NEW, holdBefore: null }, BY)).toBe(later);
});
