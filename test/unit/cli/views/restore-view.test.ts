import { expect, it } from 'vitest';
import { restorePreview, restoreView } from '../../../../src/cli/views/restore-view.ts';

const VIEW = { color: false, width: 200, verbose: false };
const [A, B] = ['/etc/a.conf', '/etc/b.conf'];
const file = (path: string) => ({ path, before: null, after: null, diff: '' });
const RESULT = {
  host: 'h',
  snapshot: { run: 'R', plan: 'p', time: 'T' },
  files: [file(A), file(B)],
  gates: [],
  actions: [],
  warnings: [],
  recovered: [],
  problems: [],
  report: {
    run: 'R2',
    plan: 'p',
    operation: 'restore',
    outcome: 'applied',
    commits: [],
    checks: [],
    reason: null,
    manualCommands: [],
    unrecorded: false,
    unproven: false,
  },
};

function lastLines(unmanaged: readonly string[], files = RESULT.files): readonly string[] {
  const result = { ...RESULT, files, unmanaged } as never;
  const texts = [restorePreview(result, VIEW), restoreView(result, VIEW)];
  return texts.map((text) => text.split('\n').at(-1) ?? '');
}

it('a restore of managed files says that their plans still differ', () => {
  expect(lastLines([])).toEqual([
    '2 files to restore.',
    'Restored: 2 files on h. Plan files still say otherwise: setpoint plan shows the difference.',
  ]);
});

it('a restore of files that no plan manages warns, before and after, that it becomes their original', () => {
  const words = 'No plan manages /etc/a.conf then: one that begins to takes this version for its';
  const [before, after] = lastLines([A], [file(A)]);
  expect(before).toContain(words);
  expect(after).toContain(words);
  expect(after).not.toContain('otherwise');
  expect(lastLines([A, B])[1]).toContain('No plan manages 2 files of these then');
  expect(lastLines([A])[1]).toContain('otherwise');
});

it('a restore that was taken back says which gates are red as they were before it', () => {
  const check = { id: 'conf[0]', phase: 'revert', verdict: 'red', detail: 'exit 1' };
  const report = { ...RESULT.report, outcome: 'reverted' };
  const said = (checks: readonly object[]) =>
    restoreView({ ...RESULT, unmanaged: [], report: { ...report, checks } } as never, VIEW);
  expect(said([{ ...check, phase: 'before' }])).toMatch(/the files are as before\.$/);
  expect(said([check])).toMatch(
    /the files are as before, and gates are red as they were: conf\[0\]\.$/,
  );
});
