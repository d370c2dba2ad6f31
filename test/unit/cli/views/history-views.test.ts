import { describe, expect, it } from 'vitest';

import { verifyHistoryView } from '../../../../src/cli/views/verify-history-view.ts';
import { historyView } from '../../../../src/cli/views/history-view.ts';
import { runView } from '../../../../src/cli/views/run-view.ts';
import type {
  HistoryEntry,
  HistoryResult,
  RunFacts,
  RunResult,
  RunSummary,
} from '../../../../src/operations/results.ts';
import { report } from '../fixture.ts';

const OPTIONS = { color: false, width: Number.POSITIVE_INFINITY, verbose: false };

const ENTRY = {
  commit: 'c0ffee'.padEnd(40, '0'),
  at: '2025-11-21T10:00:09.123Z',
  subject: 'audit-log: applied',
  status: 'applied',
  run: '01K2Y3RUN0000000000000000A',
  plan: 'audit-log',
  planCommit: '1a2b3c',
  actor: 'alice',
} as unknown as HistoryEntry;

const REVERTED: RunSummary = {
  run: ENTRY.run,
  outcome: 'reverted',
  at: ENTRY.at,
  plan: ENTRY.plan,
  planCommit: `${'1a2b3c4d5e6f'.padEnd(40, '0')}+dirty`,
  actor: 'alice',
  commits: [ENTRY.commit],
};
const UNKNOWN: RunSummary = { ...REVERTED, run: null, plan: null, planCommit: null, actor: null };

function history(runs: readonly RunSummary[], more = false): HistoryResult {
  return { host: 'cp-1' as never, warnings: [], runs, entries: [], more };
}

describe('the history view', () => {
  it('is a table of runs, newest first, with a count', async () => {
    const result = history([REVERTED, { ...UNKNOWN, outcome: 'observed' }]);
    const text = historyView(result, OPTIONS, { limit: 20, subject: undefined });
    await expect(`${text}\n`).toMatchFileSnapshot('golden/history.txt');
  });

  it('says when there may be more, with the command that shows them', () => {
    const options = { ...OPTIONS, repeatedFlags: ['--root', '/srv'] };
    const text = historyView(history([REVERTED], true), options, { limit: 2, subject: '/a b' });
    expect(text).toContain(
      "Last 1 run of /a b on cp-1. Older ones: setpoint history --root /srv '/a b' --limit 4",
    );
  });

  it('says when nothing is recorded', () => {
    expect(historyView(history([]), OPTIONS, { limit: 20, subject: undefined })).toBe(
      'Nothing recorded for cp-1 yet.',
    );
  });
});

const FACTS: RunFacts = {
  run: '01K2Y3RUN0000000000000000A' as never,
  plan: 'audit-log' as never,
  operation: 'apply',
  outcome: 'applied',
  actor: 'alice',
  planCommit: '1a2b3c4d5e6f'.padEnd(40, '0'),
  startedAt: '2025-11-21T10:00:00.500Z',
  endedAt: '2025-11-21T10:00:09.500Z',
  toolVersion: '1.2.3',
  overrides: ['retry-held: it is the disk'],
};

const AUDIT = [
  {
    seq: 7,
    time: '2025-11-21T10:00:00Z',
    event: 'run-started',
    operation: 'apply',
    actor: 'alice',
  },
  {
    seq: 8,
    time: '2025-11-21T10:00:09Z',
    event: 'run-ended',
    outcome: 'applied',
    reason: null,
    answered: { answer: 'confirmed', actor: 'bob', at: '2025-11-21T10:00:08Z' },
  },
].map((row) => ({ ...row, prev: '0'.repeat(64), hash: 'abcdef'.padEnd(64, '1') })) as never;

function runResult(more: Partial<RunResult>): RunResult {
  return {
    facts: FACTS,
    entries: [ENTRY],
    report: null,
    checks: [],
    audit: [],
    problems: [],
    diff: '',
    records: [],
    ...more,
  };
}

describe('the run view', () => {
  it('shows every check, the commits, what changed in the records, and the diff', async () => {
    const diff = '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n';
    const records = [
      {
        path: 'managed/x.json',
        before: { state: { mode: 420 }, items: { 'flags/a/v': { applied: '4' } } },
        after: { state: { mode: 384 }, items: { 'flags/a/v': { applied: '2' } }, lastRun: 'R' },
      },
    ];
    const result = runResult({ report: report('audit-log'), diff, records, audit: AUDIT });
    await expect(`${runView(result, OPTIONS)}\n`).toMatchFileSnapshot('golden/run.txt');
  });

  it('shows a record that appears or goes whole on one line', () => {
    const records = [
      { path: 'file /etc/a', before: null, after: { items: { a: {}, b: {}, c: {} } } },
      { path: 'plan prod/a', before: { run: 'R' }, after: null },
    ];
    const text = runView(runResult({ records }), OPTIONS);
    expect(text).toContain('+ file /etc/a: 3 items\n- plan prod/a\n');
  });

  it('without a report tells what commits and audit rows know', () => {
    const checks = [
      { id: 'api[0]', phase: 'after', verdict: 'red', attempts: 3, took: 4100, detail: '' },
    ] as const;
    const facts = { ...FACTS, outcome: 'reverted', actor: null, endedAt: null, toolVersion: null };
    expect(runView(runResult({ checks, facts }), OPTIONS).split('\n').slice(0, 6)).toEqual([
      'audit-log  reverted',
      '  run 01K2Y3RUN0000000000000000A',
      '  plan commit 1a2b3c4d5e6f, 2025-11-21T10:00:00Z',
      '  override retry-held: it is the disk',
      '  red     after  api[0]  4.1 s, 3 attempts',
      expect.stringMatching(/^No report of this run is left/),
    ]);
  });

  it('says when no content changed', () => {
    const text = runView(runResult({}), OPTIONS);
    expect(text).toContain('No recorded file content changed.');
  });
});

describe('the view of history verify', () => {
  const compared = {
    host: 'cp-1' as never,
    commits: 3,
    named: 2,
    problems: [],
    exitCode: 0,
  } as const;

  it('says what was compared and what no commit protects yet', () => {
    const audit = { records: 5, head: 'abcdef'.padEnd(64, '1'), bound: 4 };
    expect(verifyHistoryView({ ...compared, audit }).split('\n')).toEqual([
      '5 records, the last abcdef111111; 3 state commits, 2 with a head of the audit log.',
      'Newer than every commit: 1 record.',
      'The audit log of cp-1 is unbroken and has all that the commits name.',
    ]);
  });

  it('ends with the verdict when the log is not sound', () => {
    expect(
      verifyHistoryView({ ...compared, audit: null, exitCode: 1 })
        .split('\n')
        .at(-1),
    ).toBe('The audit log of cp-1 is not sound.');
  });
});
