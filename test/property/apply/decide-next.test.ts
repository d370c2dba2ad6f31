import { array, assert, constantFrom, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import type { ActionResult } from '../../../src/apply/machine/actions.ts';
import { advance, nextAction } from '../../../src/apply/machine/decide-next.ts';
import type { Ending } from '../../../src/apply/machine/ending.ts';
import { resumeState } from '../../../src/apply/machine/resume-state.ts';
import type { RunState } from '../../../src/apply/machine/states.ts';

const trouble = (['red', 'conflict', 'failed', 'aborted'] as const).map((is): ActionResult => ({
  is,
  reason: is,
}));
const done: ActionResult = { is: 'done' };
const results = array(constantFrom(done, done, done, ...trouble), { minLength: 60, maxLength: 60 });

interface Walk {
  readonly ending: Ending | null;
  readonly kept: boolean;
  readonly restoredAfterKeep: boolean;
}

/** Drives the machine with the given results; `done` of a decision means that what was wanted was decided. */
function walk(
  given: readonly ActionResult[],
  steps: number,
  { start = { at: 'begun' }, confirm = false }: { start?: RunState; confirm?: boolean } = {},
): Walk {
  let state: RunState = start;
  let kept = false;
  let restoredAfterKeep = false;
  for (const result of given) {
    const action = nextAction(state);
    if (action.do === 'end') return { ending: action.ending, kept, restoredAfterKeep };
    if (action.do === 'restore' && kept) restoredAfterKeep = true;
    const decided = action.do === 'decide' && result.is === 'done';
    if (decided && action.decision === 'keep') kept = true;
    const answer = decided
      ? ({ is: 'decided', decision: action.decision, reason: 'R' } as const)
      : result;
    state = advance(state, answer, steps, confirm);
  }
  return { ending: null, kept, restoredAfterKeep };
}

test('whatever happens the machine ends, is applied exactly when it was kept, and never restores after that', () => {
  assert(
    property(results, integer({ min: 1, max: 4 }), (given, steps) => {
      const { ending, kept, restoredAfterKeep } = walk(given, steps);
      expect(ending).not.toBeNull();
      expect(ending?.outcome === 'applied').toBe(kept);
      expect(restoredAfterKeep).toBe(false);
    }),
  );
});

test('before the commit point nothing but failed and interrupted is possible', () => {
  assert(
    property(results, integer({ min: 0, max: 3 }), (given, begun) => {
      const { ending } = walk([...given.map(() => done).slice(0, begun), ...trouble, ...given], 1);
      expect(['failed', 'interrupted']).toContain(ending?.outcome);
    }),
  );
});

test('a run that has to be confirmed is never kept by its applier', () => {
  assert(
    property(results, integer({ min: 1, max: 4 }), (given, steps) => {
      const { ending, kept } = walk(given, steps, { confirm: true });
      expect(kept).toBe(false);
      expect(ending?.outcome).not.toBe('applied');
      expect(ending?.outcome !== 'awaiting-confirmation' || ending.open).toBe(true);
    }),
  );
});

test('a run that waited is never kept without a decision to keep it', () => {
  const left = { phase: 'committed', decision: null, revertVerified: false } as const;
  const states = (['awaited', 'alone'] as const).map((confirmation) =>
    resumeState({ ...left, confirmation }),
  );
  assert(
    property(results, constantFrom(...states), (given, start) => {
      const { ending } = walk(given, 1, { start, confirm: true });
      expect(['reverted', 'revert-failed']).toContain(ending?.outcome);
    }),
  );
});
