import { expect, test } from 'vitest';
import { mergeLines } from '../../../src/apply/revert/three-way-merge.ts';

const merge = (base: string, ours: string, theirs: string): string | null => {
  const merged = mergeLines(Buffer.from(base), Buffer.from(ours), Buffer.from(theirs));
  return merged === null ? null : Buffer.from(merged).toString();
};

test.each([
  [
    'ours removes a line, theirs changes another',
    '1\nx\n2\n3\n',
    '1\n2\n3\n',
    '1\nx\n2\nT\n',
    '1\n2\nT\n',
  ],
  ['theirs is before ours', '1\n2\n3\nx\n', '1\n2\n3\ny\n', 'T\n2\n3\nx\n', 'T\n2\n3\ny\n'],
  ['theirs adds at the end without a line end', '1\nx\n2\n', '1\n2\n', '1\nx\n2\nT', '1\n2\nT'],
  [
    'both removed the line, theirs changed another as well',
    '1\nx\n2\n3\n',
    '1\n2\n3\n',
    '1\n2\nT\n',
    '1\n2\nT\n',
  ],
  ['theirs put our line back, and more', '1\nx\n2\n', '1\n2\n', '1\nx\ny\n2\n', null],
  ['both change one line', '1\nx\n2\n', '1\ny\n2\n', '1\nz\n2\n', null],
  ['they change neighbouring lines', '1\nx\n2\n', '1\ny\n2\n', '1\nx\nT\n', null],
  ['line ends are kept', '1\r\nx\r\n2\r\n3\n', '1\r\n2\r\n3\n', '1\r\nx\r\n2\r\n4', '1\r\n2\r\n4'],
  ['nothing is there', '', '', '', ''],
])('%s', (_, base, ours, theirs, merged) => {
  expect(merge(base, ours, theirs)).toBe(merged);
});

const bytes = (line: number[]): Buffer => Buffer.from([0xff, 10, ...line, 10, 0, 10, 0xc3, 10]);

test('bytes that are no text survive', () => {
  const theirs = Buffer.concat([bytes([1]), Buffer.from([0xfe])]);
  const expected = Buffer.concat([bytes([2]), Buffer.from([0xfe])]);
  expect(Buffer.from(mergeLines(bytes([1]), bytes([2]), theirs) ?? [])).toEqual(expected);
});

test('another file altogether is no edit, whatever its size', () => {
  const base = Array.from({ length: 20_000 }, (_, i) => `${String(i)}\n`).join('');
  const theirs = Array.from({ length: 20_000 }, (_, i) => `t${String(i)}\n`).join('');
  expect(merge(base, `x\n${base}`, theirs)).toBeNull();
});
