import { expect, it } from 'vitest';
import { adoptView } from '../../../../src/cli/views/adopt-view.ts';
import type { AdoptResult } from '../../../../src/operations/adopting/results.ts';

const OPTIONS = { color: false, width: Number.POSITIVE_INFINITY, verbose: false };
const NOTHING = {
  host: 'cp-1',
  workspace: 'prod',
  items: [],
  files: [],
  written: false,
  pending: 0,
  warnings: [],
} as unknown as AdoptResult;
const files = [
  { path: 'plans/p.yaml', diff: '--- a/plans/p.yaml\n-v: 2\n+v: \u001B[2J9\n' },
] as unknown as AdoptResult['files'];
const items = [{ label: '--v' }] as unknown as AdoptResult['items'];

it('tells diffs first, what was written and what comes next last', () => {
  const text = adoptView(
    { ...NOTHING, files, items, written: true },
    {
      ...OPTIONS,
      repeatedFlags: ['--root', '/r'],
    },
  );
  expect(text.split('\n').slice(0, 2)).toEqual(['--- a/plans/p.yaml', '-v: 2']);
  expect(text).not.toContain('\u001B');
  expect(text.split('\n').at(-1)).toBe(
    'Wrote 1 item of cp-1 into 1 workspace file. Next: review and commit, then setpoint apply --root /r (it only records them).',
  );
  expect(adoptView({ ...NOTHING, files, items }, OPTIONS)).toMatch(
    /\nWould write 1 item of cp-1 into 1 workspace file\. Nothing was written: --dry-run\.$/,
  );
});

it('says when nothing is left, and what is pending', () => {
  expect(adoptView(NOTHING, OPTIONS)).toBe('Nothing left to adopt on cp-1.');
  expect(adoptView({ ...NOTHING, pending: 2 }, OPTIONS)).toBe(
    'Nothing left to adopt on cp-1. 2 items pending: setpoint apply records them.',
  );
});
