import { describe, expect, it } from 'vitest';

import { applyView } from '../../../../src/cli/views/apply-view.ts';
import { recoverView } from '../../../../src/cli/views/recover-view.ts';
import { toldAsReason } from '../../../../src/cli/views/report-lines.ts';
import type { HostPath, PlanName, RunId } from '../../../../src/model/brand.ts';
import { applyResult, changeSet, report } from '../fixture.ts';

const OPTIONS = { color: false, width: Number.POSITIVE_INFINITY, verbose: false };

const RED = {
  id: 'apiserver[0]',
  phase: 'after',
  verdict: 'red',
  attempts: 40,
  took: 300_000,
  detail: 'connection refused',
} as const;

const RUN = '01K2Y3ZZZZZZZZZZZZZZZZZZZZ' as RunId;

function lastLine(text: string): string {
  return text.split('\n').at(-1) ?? '';
}

describe('the apply view', () => {
  it('shows outcome, run, commit and gates of each plan', async () => {
    await expect(
      `${applyView(applyResult([report('audit-log'), report('tls')]), OPTIONS)}\n`,
    ).toMatchFileSnapshot('golden/apply.txt');
  });

  it('says why a plan was reverted, what was not run, and where to look next', async () => {
    const reverted = report('audit-log', {
      outcome: 'reverted',
      checks: [RED],
      reason: 'gate apiserver[0] stayed red for 5 min',
    });
    const result = applyResult([reverted], { notRun: ['tls' as never], exitCode: 3 });
    await expect(`${applyView(result, OPTIONS)}\n`).toMatchFileSnapshot('golden/reverted.txt');
  });

  it('says the reason once, with the help of the problem behind it', () => {
    const message = 'conf[0]: no good answer within 1s; last: sh exited 1';
    const reverted = report('audit-log', {
      outcome: 'reverted',
      checks: [{ ...RED, detail: 'no good answer within 1s; last: sh exited 1' }],
      reason: `the host was not healthy after the change: ${message}`,
    });
    const problem = { code: 'SP4101', severity: 'error', message, help: 'look there' } as const;
    const other = { code: 'SP5002', severity: 'error', message: 'git failed' } as const;
    const result = applyResult([reverted], { problems: [problem, other], exitCode: 3 });
    const text = applyView(result, OPTIONS);
    expect(text.match(/no good answer/g)).toHaveLength(1);
    expect(text).toContain('  help: look there\n  explain: setpoint explain SP4101\n');
    expect(text).not.toContain('git failed');
    expect(result.problems.map((found) => toldAsReason(found, result.runs))).toEqual([true, false]);
  });

  it('prints the manual commands after a failed revert, whole and near the end', () => {
    const failed = report('audit-log', {
      outcome: 'revert-failed',
      reason: 'disk full',
      manualCommands: ["mv '/a b' /etc/c", 'chmod 0600 /etc/c'],
    });
    const lines = applyView(applyResult([failed], { exitCode: 4 }), OPTIONS).split('\n');
    expect(lines.slice(-5)).toEqual([
      'By hand, for audit-log:',
      "  mv '/a b' /etc/c",
      '  chmod 0600 /etc/c',
      '',
      'Needs a person: the revert of audit-log failed on cp-1. Next: setpoint recover --dry-run',
    ]);
  });

  it.each([
    ['nothing to do', applyResult([], { set: changeSet([]) }), 'Nothing to do: 14 items in sync'],
    ['not approved', applyResult([], { exitCode: 1 }), 'Not applied: nothing was changed.'],
    ['failed', applyResult([report('a', { outcome: 'failed' })]), 'Failed: a on cp-1, nothing'],
    ['interrupted', applyResult([report('a', { outcome: 'interrupted' })]), 'Interrupted: a'],
    ['recovered', applyResult([], { recovered: [report('a')] }), 'Recovered 1 run and did nothing'],
    [
      'unrecorded',
      applyResult([report('a', { unrecorded: true })]),
      'Applied: 1 plan on cp-1. Not',
    ],
  ])('ends with the important line: %s', (_, result, expected) => {
    expect(lastLine(applyView(result, OPTIONS))).toMatch(new RegExp(`^${expected}`));
  });

  it('says of a revert that is not recorded what to do', () => {
    const run = report('a', { outcome: 'reverted', unrecorded: true });
    expect(lastLine(applyView(applyResult([run], { exitCode: 3 }), OPTIONS))).toMatch(
      /^Reverted: .* Not recorded yet: .* then setpoint recover$/,
    );
  });

  it('says that gates were skipped only when none was asked', () => {
    const run = report('a', { unproven: true });
    expect(applyView(applyResult([run]), OPTIONS)).not.toContain('skipped');
  });

  it('marks runs without gates and releases', () => {
    const run = report('a', { unproven: true, operation: 'release', checks: [] });
    expect(applyView(applyResult([run]), OPTIONS)).toContain(
      'a  applied  (release, unproven: gates were skipped)',
    );
  });
});

const NOTHING = { needsPerson: [], leftOpen: [], running: null, dryRun: false, problems: [] };

describe('the recover view', () => {
  it('says when no run is open', () => {
    expect(recoverView({ ...NOTHING, recovered: [], exitCode: 0 }, OPTIONS)).toBe(
      'Nothing to recover: no run is open.',
    );
  });

  it('says what became of the last run when that was taken back', () => {
    const lastTakenBack = { run: RUN, plan: 'app' as PlanName, at: '2026-11-22T10:00:00.000Z' };
    const text = recoverView({ ...NOTHING, recovered: [], exitCode: 0, lastTakenBack }, OPTIONS);
    expect(text).toBe(
      `Nothing to recover: no run is open. The last one of app was taken back at 2026-11-22T10:00:00Z: setpoint history show ${RUN}`,
    );
  });

  it('shows what each settled run became', () => {
    const run = report('a', { outcome: 'reverted', reason: 'the command died' });
    const text = recoverView({ ...NOTHING, recovered: [run], exitCode: 3 }, OPTIONS);
    expect(text).toContain('a  reverted');
    expect(lastLine(text)).toBe('Recovered 1 run.');
  });

  it('says last which files of a kept transaction stay as somebody else made them', () => {
    const run = report('(library)', {
      operation: 'transaction',
      othersEdits: ['/etc/a' as HostPath],
    });
    const text = recoverView({ ...NOTHING, recovered: [run], exitCode: 4 }, OPTIONS);
    expect(lastLine(text)).toMatch(/^Needs a person: .* of \/etc\/a stays/);
  });

  it('says last how many runs stay open, and what comes next', () => {
    const run = report('a', { outcome: 'reverted', unrecorded: true });
    const { run: id, plan } = run;
    const left = {
      ...NOTHING,
      leftOpen: [{ run: id, plan }],
      recovered: [run],
      exitCode: 4,
    } as const;
    const text = recoverView(left, OPTIONS);
    expect(text).toContain(`run ${id} of a stays open`);
    expect(lastLine(text)).toBe(
      '1 run stays open: remove the cause told above. Next: setpoint recover',
    );
  });
});
