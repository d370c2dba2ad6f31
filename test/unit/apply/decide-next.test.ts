import { describe, expect, test } from 'vitest';
import type { ActionResult } from '../../../src/apply/machine/actions.ts';
import { advance, nextAction } from '../../../src/apply/machine/decide-next.ts';
import { resumeState, type Leftovers } from '../../../src/apply/machine/resume-state.ts';
import type { RunState } from '../../../src/apply/machine/states.ts';

const done: ActionResult = { is: 'done' };
const red: ActionResult = { is: 'red', reason: 'R' };
const conflict: ActionResult = { is: 'conflict', reason: 'C' };
const failed: ActionResult = { is: 'failed', reason: 'F' };
const aborted: ActionResult = { is: 'aborted', reason: 'interrupted' };
const keep: ActionResult = { is: 'decided', decision: 'keep', reason: null };
const revert: ActionResult = { is: 'decided', decision: 'revert', reason: 'R' };

/** Drives the machine with results by action; `done` where none is given. Gives the actions taken and the ending. */
function drive(results: Readonly<Record<string, ActionResult>>, start: RunState = { at: 'begun' }) {
  const actions: string[] = [];
  let state = start;
  for (let i = 0; i < 100; i += 1) {
    const action = nextAction(state);
    if (action.do === 'end') return { actions, ending: action.ending };
    const name = 'step' in action ? `${action.do} ${action.step}` : action.do;
    actions.push(name);
    const reason = action.do === 'decide' ? (action.cause?.reason ?? null) : null;
    const decided: ActionResult =
      action.do === 'decide' ? { is: 'decided', decision: action.decision, reason } : done;
    state = advance(state, results[name] ?? decided, 2);
  }
  throw new Error('the machine does not end');
}

const FORWARD = [
  'check-before',
  'prepare',
  'stage',
  'commit',
  'install 0',
  'act 0',
  'check-step 0',
  'install 1',
  'act 1',
  'check-step 1',
  'check-plan',
  'audit',
  'confirm-files',
];
const KEEP = ['decide', 'finish', 'record-kept', 'close'];
const REVERT = [
  'decide',
  'await-observed',
  'restore',
  'act-again',
  'check-revert',
  'record-reverted',
  'close',
];

test('when all is well the run is kept', () => {
  const { actions, ending } = drive({});
  expect(actions).toEqual([...FORWARD, ...KEEP]);
  expect(ending).toEqual({ outcome: 'applied', reason: null, refusal: null, open: false });
});

test.each([
  ['check-before', red, 'failed', 'gate'],
  ['check-before', aborted, 'interrupted', null],
  ['prepare', failed, 'failed', null],
  ['stage', conflict, 'failed', 'stale'],
  ['stage', failed, 'failed', null],
  ['commit', failed, 'failed', null],
] as const)('before the commit point: %s %o ⇒ %s', (action, result, outcome, refusal) => {
  const { actions, ending } = drive({ [action]: result });
  expect(actions).toEqual([...FORWARD.slice(0, FORWARD.indexOf(action) + 1), 'abandon']);
  expect(ending).toMatchObject({ outcome, refusal, open: false });
});

test.each(FORWARD.slice(4))('after the commit point trouble in %s reverts', (action) => {
  for (const result of [red, conflict, failed, aborted]) {
    const { actions, ending } = drive({ [action]: result });
    expect(actions).toEqual([...FORWARD.slice(0, FORWARD.indexOf(action) + 1), ...REVERT]);
    expect(ending).toMatchObject({ outcome: 'reverted', open: false });
  }
});

function hold(result: ActionResult): RunState {
  return advance({ at: 'acted', step: 0 }, result, 1);
}

test('only a red verdict holds the plan', () => {
  expect(hold(red)).toMatchObject({ at: 'turning', hold: true });
  for (const other of [conflict, failed, aborted])
    expect(hold(other)).toMatchObject({ hold: false });
});

test('the decision that is there wins over the one that was wanted', () => {
  expect(advance({ at: 'confirmed' }, revert, 1)).toMatchObject({ at: 'reverting' });
  expect(advance({ at: 'turning', reason: 'R', hold: true }, keep, 1)).toEqual({ at: 'kept' });
});

test('a decision to revert that cannot be written is carried out all the same', () => {
  const state = advance({ at: 'turning', reason: 'R', hold: true }, failed, 1);
  expect(state).toMatchObject({ at: 'reverting' });
});

test.each(['finish', 'record-kept'])(
  'after keep, trouble in %s stays applied and open',
  (action) => {
    expect(drive({ [action]: failed }).ending).toMatchObject({ outcome: 'applied', open: true });
  },
);

test.each(['restore', 'act-again', 'check-revert'])('trouble in %s needs a person', (action) => {
  const { actions, ending } = drive({ audit: red, [action]: conflict });
  expect(actions.at(-1)).toBe('mark-failed');
  expect(ending).toMatchObject({ outcome: 'revert-failed', open: true });
  expect(ending.reason).toContain('R; then the revert failed: C');
});

test('a revert that is red gets one chance with a fresh identity', () => {
  const { actions, ending } = drive({ audit: red, 'check-revert': red });
  expect(actions.slice(-4)).toEqual(['check-revert', 'renew', 'check-revert', 'mark-failed']);
  expect(ending).toMatchObject({
    outcome: 'revert-failed',
    reason: 'R; then the revert failed: R',
  });
  const renewed = advance({ at: 'renewed', reason: 'R' }, done, 1);
  expect(renewed).toEqual({ at: 'verified', reason: 'R' });
});

test('where there is none to be had, or it cannot be given, a person is needed', () => {
  const refused = drive({
    audit: red,
    'check-revert': red,
    renew: { is: 'red', reason: 'R; why' },
  });
  expect(refused.actions.slice(-3)).toEqual(['check-revert', 'renew', 'mark-failed']);
  expect(refused.ending.reason).toBe('R; then the revert failed: R; why');
  const full = drive({ audit: red, 'check-revert': red, renew: failed });
  expect(full.ending.reason).toBe('R; then the revert failed: R; F');
});

test('no trouble in waiting keeps the old files from coming back', () => {
  for (const result of [red, conflict, failed, aborted]) {
    const { actions, ending } = drive({ audit: red, 'await-observed': result });
    expect(actions.slice(-REVERT.length)).toEqual(REVERT);
    expect(ending).toMatchObject({ outcome: 'reverted', open: false });
  }
});

test('a proven revert that cannot be recorded stays open', () => {
  const { ending } = drive({ audit: red, 'record-reverted': failed });
  expect(ending).toMatchObject({ outcome: 'reverted', open: true });
});

test.each([
  [{ phase: 'staging', decision: null, revertVerified: false }, 'abandoning'],
  [{ phase: 'committed', decision: null, revertVerified: false }, 'turning'],
  [
    { phase: 'committed', decision: { decision: 'keep', reason: null }, revertVerified: false },
    'kept',
  ],
  [
    { phase: 'committed', decision: { decision: 'revert', reason: 'R' }, revertVerified: false },
    'reverting',
  ],
  [
    { phase: 'committed', decision: { decision: 'revert', reason: 'R' }, revertVerified: true },
    'verified',
  ],
] as const)('recovery of %o begins %s', (left, at) => {
  expect(resumeState(left).at).toBe(at);
});

describe('a run that a person has to confirm', () => {
  /** As `drive`, for such a run. */
  function driven(results: Readonly<Record<string, ActionResult>>, start: RunState) {
    const actions: string[] = [];
    let state = start;
    for (;;) {
      const action = nextAction(state);
      if (action.do === 'end') return { actions, ending: action.ending };
      actions.push(action.do);
      const decided: ActionResult = action.do === 'decide' ? revert : done;
      state = advance(state, results[action.do] ?? decided, 2, true);
    }
  }
  const proven: RunState = { at: 'audited' };
  const waiting: Leftovers = {
    phase: 'committed',
    decision: null,
    revertVerified: false,
    confirmation: 'awaited',
  };

  test('ends open, undecided, when its applier is done', () => {
    const { actions, ending } = driven({}, proven);
    expect(actions).toEqual(['confirm-files', 'propose']);
    expect(ending).toMatchObject({ outcome: 'awaiting-confirmation', open: true });
  });

  test.each([red, conflict, failed, aborted])('is reverted when proposing ends in %o', (result) => {
    const { actions, ending } = driven({ propose: result }, proven);
    expect(actions).toEqual(['confirm-files', 'propose', ...REVERT]);
    expect(ending.outcome).toBe('reverted');
  });

  test('is kept by its guardian once that is decided', () => {
    const { actions, ending } = driven({ 'await-confirmation': keep }, resumeState(waiting));
    expect(actions).toEqual(['await-confirmation', 'finish', 'record-kept', 'close']);
    expect(ending).toMatchObject({ outcome: 'applied', open: false });
  });

  test.each([red, failed, done])('is reverted by its guardian on %o', (result) => {
    const { actions, ending } = driven({ 'await-confirmation': result }, resumeState(waiting));
    expect(actions).toEqual(['await-confirmation', ...REVERT]);
    expect(ending).toMatchObject({ outcome: 'reverted', open: false });
  });

  test('is kept when the confirmation was faster than the end of the time', () => {
    const results = { 'await-confirmation': red, decide: keep };
    expect(driven(results, resumeState(waiting)).ending.outcome).toBe('applied');
  });

  test('is reverted by everybody who is not its guardian, and its plan is held', () => {
    const state = resumeState({ ...waiting, confirmation: 'alone' });
    expect(state).toMatchObject({ at: 'turning', hold: true });
    expect(driven({}, state).ending.outcome).toBe('reverted');
  });
});
