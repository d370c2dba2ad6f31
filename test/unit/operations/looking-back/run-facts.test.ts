import { expect, test } from 'vitest';
import {
  composeMessage,
  gateTrailer,
  parseTrailers,
  TRAILER,
} from '../../../../src/git/record/commit-message.ts';
import type { StateLogEntry } from '../../../../src/git/record/state-history.ts';
import type { CheckResult } from '../../../../src/model/check.ts';
import { recordedChecks, runFacts } from '../../../../src/operations/looking-back/run-facts.ts';

const RUN = '01JC0000000000000000000001' as never;
const BEFORE: CheckResult = {
  id: 'a b',
  phase: 'before',
  verdict: 'green',
  attempts: 1,
  took: 12,
  detail: 'ok',
};
const AFTER: CheckResult = {
  ...BEFORE,
  id: 'api:process:new',
  phase: 'after',
  verdict: 'red',
  took: 4100,
};

function commit(status: string, checks: readonly CheckResult[], more: Record<string, string> = {}) {
  const facts = { [TRAILER.status]: status, [TRAILER.run]: RUN, [TRAILER.actor]: 'alice', ...more };
  const trailers = Object.entries(facts).map(([key, value]) => ({ key, value }));
  const message = composeMessage({
    subject: status,
    lines: [],
    trailers: [...trailers, ...checks.map(gateTrailer)],
  });
  return {
    commit: status,
    date: 1,
    message,
    trailers: parseTrailers(message),
  } as unknown as StateLogEntry;
}

function row(event: string, more: object) {
  return { event, time: `time of ${event}`, seq: 1, prev: '', hash: '', ...more } as never;
}

test('without a report the checks come from the newest commit, with phase, verdict and time', () => {
  const commits = [
    commit('observed', []),
    commit('attempted', [BEFORE]),
    commit('reverted', [BEFORE, AFTER]),
  ];
  expect(recordedChecks(commits)).toEqual([
    { ...BEFORE, detail: '' },
    { ...AFTER, detail: '' },
  ]);
  expect(recordedChecks([])).toEqual([]);
});

test('a run without commits is known by its audit rows', () => {
  const audit = [
    row('run-started', {
      actor: 'bob',
      plan: 'p',
      planCommit: 'c',
      operation: 'apply',
      overrides: ['allow-dirty'],
    }),
    row('run-ended', { outcome: 'failed' }),
    row('run-ended', { outcome: 'reverted' }),
  ];
  expect(runFacts(RUN, { commits: [], report: null, audit })).toEqual({
    run: RUN,
    plan: 'p',
    operation: 'apply',
    outcome: 'reverted',
    actor: 'bob',
    planCommit: 'c',
    startedAt: 'time of run-started',
    endedAt: 'time of run-ended',
    toolVersion: null,
    overrides: ['allow-dirty'],
  });
});

test('commits come first: the newest tells the outcome, and what nobody knows is null', () => {
  const commits = [commit('attempted', []), commit('reverted', [])];
  const facts = runFacts(RUN, { commits, report: null, audit: [] });
  expect(facts).toMatchObject({
    outcome: 'reverted',
    actor: 'alice',
    overrides: null,
    endedAt: null,
  });
  const kept = commit('observed', [], { [TRAILER.settled]: 'keep-live bob' });
  expect(runFacts(RUN, { commits: [kept], report: null, audit: [] }).outcome).toBe('kept-live');
});
