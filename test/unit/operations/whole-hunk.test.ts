import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { wholeHunk } from '../../../src/operations/planning/whole-hunk.ts';
import { unifiedDiff } from '../../../src/operations/planning/unified-diffs.ts';

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
  .chain((lines) => fc.constantFrom(lines.join('\n'), `${lines.join('\n')}\n`));

function lines(mark: string): string {
  return Array.from({ length: 20_000 }, (_, i) => `${mark}${String(i)}\n`).join('');
}

function image(content: string) {
  return { exists: true, bytes: Buffer.from(content), mode: 0o644 } as const;
}

test('git applies the hunk to the one text and gets the other', () => {
  const dir = mkdtempSync(join(tmpdir(), 'setpoint-hunk-'));
  try {
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== after && before !== '' && after !== '');
        const file = join(dir, 'f');
        writeFileSync(file, before);
        const input = `--- a/f\n+++ b/f\n${wholeHunk(before, after)}`;
        execFileSync('git', ['apply', '--unidiff-zero', '-'], { cwd: dir, input, stdio: 'pipe' });
        expect(readFileSync(file, 'utf8')).toBe(after);
      }),
      { numRuns: 40 },
    );
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test('a long text that is replaced as a whole is told without a search for what both have', async () => {
  const diff = await unifiedDiff('/x', image(lines('a')), image(lines('b')));
  expect(diff.split('\n')).toHaveLength(40_004);
  expect(diff).toContain('@@ -1,20000 +1,20000 @@\n-a0\n');
});
