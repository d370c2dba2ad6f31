import { describe, expect, it } from 'vitest';

import { planView } from '../../../../src/cli/views/plan-view.ts';
import type { PlanViewOptions } from '../../../../src/cli/views/plan-view.ts';
import { API, changeSet, everything, file, item, part, planResult } from '../fixture.ts';

const OPTIONS: PlanViewOptions = {
  color: false,
  width: Number.POSITIVE_INFINITY,
  verbose: false,
  diff: false,
  compact: false,
  next: 'setpoint apply',
};

describe('the plan view', () => {
  it('groups by plan and file, names what is destroyed first, the summary and the next command last', async () => {
    await expect(`${planView(planResult(everything()), OPTIONS)}\n`).toMatchFileSnapshot(
      'golden/plan.txt',
    );
  });

  it('says what a plan without changes does in a change set', () => {
    const text = planView(planResult(everything()), OPTIONS);
    expect(text).toContain('idle  plans/idle.yaml\n  only its record changes; 11 items in sync');
  });

  it('with --compact is one line a change and the two last lines', async () => {
    await expect(
      `${planView(planResult(everything()), { ...OPTIONS, compact: true })}\n`,
    ).toMatchFileSnapshot('golden/plan-compact.txt');
  });

  it('with --compact shows in one line what only changes how much is recorded', () => {
    const ruled = file('/etc/app.conf', {
      write: false,
      record: { rule: 'digest', was: 'full' },
    });
    const set = changeSet([part('app', { files: [ruled] })]);
    const compact = (other: typeof set): readonly string[] =>
      planView(planResult(other), { ...OPTIONS, compact: true }).split('\n');
    expect(compact(set)[0]).toBe('app  /etc/app.conf recorded full → digest');
    expect(compact(set)).toHaveLength(3);
    const gone = part('old', { operation: 'release' });
    expect(compact(changeSet([gone]))[0]).toBe('old  drops its record');
  });

  it('with colour is the same text', async () => {
    const plain = planView(planResult(everything()), OPTIONS);
    const colored = planView(planResult(everything()), { ...OPTIONS, color: true });
    expect(colored).toContain('\u001B[33m~ --profiling\u001B[39m');
    // oxlint-disable-next-line no-control-regex
    expect(colored.replaceAll(/\u001B\[\d+m/g, '')).toBe(plain);
  });

  it('without changes is one line', () => {
    const set = changeSet([]);
    expect(planView(planResult(set), OPTIONS)).toBe('Nothing to do: 14 items in sync on cp-1.');
  });

  it('shows warnings and blockers above the summary, and says so in the last line', () => {
    const set = changeSet([part('a', { items: [item('add', '--a', null, '1')] })]);
    const text = planView(
      planResult(set, {
        warnings: [{ code: 'SP3001', severity: 'warning', message: 'look here' }],
        blockers: [{ code: 'SP3001', severity: 'error', message: 'too old', help: 'git pull' }],
      }),
      OPTIONS,
    );
    expect(text.split('\n').slice(-6)).toEqual([
      'warning[SP3001]: look here',
      'blocked[SP3001]: too old',
      '  help: git pull',
      '',
      'Plan: 1 to add, 0 to change, 0 to remove, 0 to adopt in 1 file',
      'Next: settle what blocks (above), then setpoint apply',
    ]);
  });

  it('with --diff prints the unified diffs with their markers in column 0', () => {
    const diff = `--- a${API}\n+++ b${API}\n@@ -1 +1 @@\n-    - --v=4\n+    - --v=2\n`;
    const set = changeSet([part('a', { items: [item('change', '--v', '4', '2')] })]);
    const meta = { ...set.meta, diffs: { [API]: diff } };
    const text = planView(planResult({ ...set, meta }), { ...OPTIONS, diff: true });
    expect(text).toContain('\n-    - --v=4\n+    - --v=2\n');
  });

  it('marks a dirty workspace and shows the recorded commit', () => {
    const set = changeSet([part('a', { items: [item('add', '--a', null, '1')] })]);
    const meta = { ...set.meta, dirty: ['plans/a.yaml'] };
    const recordedCommit = '0d1e2f'.padEnd(40, '0') as never;
    const [head] = planView(planResult({ ...set, meta }, { recordedCommit }), OPTIONS).split('\n');
    expect(head).toBe(
      'cp-1  workspace prod, commit 1a2b3c4d5e6f + 1 changed file, recorded 0d1e2f000000',
    );
  });

  it('cuts long values to the width of a terminal, never in a pipe', () => {
    const long = 'x'.repeat(300);
    const set = changeSet([
      part('a', { items: [item('add', '--a', null, long)], files: [file(API)] }),
    ]);
    const narrow = planView(planResult(set), { ...OPTIONS, width: 60 });
    expect(Math.max(...narrow.split('\n').map((line) => line.length))).toBeLessThan(110);
    expect(narrow).toContain('…');
    expect(planView(planResult(set), OPTIONS)).toContain(long);
    const verbose = planView(planResult(set), { ...OPTIONS, width: 60, verbose: true });
    expect(verbose).toContain(long);
  });

  it('lets no control character of a value through to the terminal', () => {
    const hostile = 'a\u001B]0;title\u0007\u202Eb';
    const set = changeSet([
      part('a', { items: [item('change', hostile, hostile, hostile)], warnings: [hostile] }),
    ]);
    // oxlint-disable-next-line no-control-regex
    expect(planView(planResult(set), OPTIONS)).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202E]/);
  });
});
