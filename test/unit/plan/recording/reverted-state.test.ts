import { expect, test } from 'vitest';
import type { Digest, RunId } from '../../../../src/model/brand.ts';
import type { Hold } from '../../../../src/model/recorded-state.ts';
import { revertedState, type Recording } from '../../../../src/plan/recording/next-state.ts';

const [OLD, TAKEN_BACK, NEW] = ['old', 'taken back', 'new'] as unknown as [Digest, Digest, Digest];

/** The hold of a plan whose run with `inputs` was red, where `hold` was recorded before. */
function holdAfter(inputs: Digest, hold: Hold | null): Hold | null | undefined {
  const recording = {
    run: 'RED',
    workspace: 'w',
    part: { plan: 'p', operation: 'apply', inputDigest: inputs, workspaceFiles: [], record: {} },
    recorded: { files: new Map(), plans: [{ plan: 'p', workspace: 'w', hold }] },
    meta: { commit: null, dirty: [] },
  } as unknown as Recording;
  // A plan that releases everything records nothing of its own.
  const released = { ...recording, part: { ...recording.part, operation: 'release' as const } };
  return revertedState(released).plans[0]?.record?.hold;
}

test('inputs that a person took back stay held when other ones are red', () => {
  const before = { run: 'R' as RunId, inputDigest: TAKEN_BACK, also: [OLD], reason: 'taken back' };
  expect(holdAfter(NEW, before)).toMatchObject({
    run: 'RED',
    inputDigest: NEW,
    also: [TAKEN_BACK, OLD],
  });
  expect(holdAfter(OLD, before)).toMatchObject({ inputDigest: OLD, also: [TAKEN_BACK] });
});

test('inputs that were not held before are held alone', () => {
  expect(holdAfter(NEW, null)).not.toHaveProperty('also');
});
