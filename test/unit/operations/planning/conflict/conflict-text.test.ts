import { describe, expect, it } from 'vitest';
import type { HostPath } from '../../../../../src/model/brand.ts';
import {
  conflictMarkdown,
  conflictText,
} from '../../../../../src/operations/planning/conflict/conflict-text.ts';
import type {
  FileConflict,
  Shown,
} from '../../../../../src/operations/planning/conflict/file-conflict.ts';
import { regionsOf } from '../../../../../src/operations/planning/conflict/three-sides.ts';

const of = (base: string, theirs: string, ours: string) =>
  regionsOf({ base: Buffer.from(base), theirs: Buffer.from(theirs), ours: Buffer.from(ours) });

const shown = (is: Shown): FileConflict => ({ path: '/etc/a.yaml' as HostPath, shown: is });

describe('three sides of a file', () => {
  it('tells whose each region is', () => {
    const regions = of(
      '1\n2\n3\n4\n5\n6\n7\n',
      '1\nx\n3\n4\n5\n6\n7\n8\n',
      '1\n2\n3\ny\n5\n6\n7\n8\n',
    );
    expect(regions?.map(({ by, line, before }) => [by, line, before])).toEqual([
      ['theirs', 2, '1\n'],
      ['ours', 4, '3\n'],
      ['same', 8, '7\n'],
    ]);
  });

  it('takes neighbouring lines for an overlap, with all three texts of the region', () => {
    expect(of('1\n2\n3\n4\n', '1\nx\n3\n4\n', '1\n2\ny\n4\n')).toEqual([
      {
        by: 'overlap',
        line: 2,
        before: '1\n',
        base: ['2\n', '3\n'],
        theirs: ['x\n', '3\n'],
        ours: ['2\n', 'y\n'],
      },
    ]);
  });

  it('joins what touches what touches: no line is told twice', () => {
    const regions = of('1\n2\n3\n4\n5\n', 'a\n2\nb\n4\nc\n', '1\nx\n3\ny\n5\n');
    expect(regions).toHaveLength(1);
    expect(regions?.[0]?.theirs.join('')).toBe('a\n2\nb\n4\nc\n');
    expect(regions?.[0]?.ours.join('')).toBe('1\nx\n3\ny\n5\n');
  });
});

describe('the text of a conflict', () => {
  it('never ends the Markdown block early, and lets no control character through', () => {
    const regions = of('a\n', '````\n\u001b[2J\n', 'a\nb\n') ?? [];
    const text = conflictMarkdown([shown({ is: 'regions', regions, again: 'overlaps' })]);
    expect(text).toContain('\n`````diff\n');
    expect(text.trimEnd().endsWith('\n`````')).toBe(true);
    expect(text).not.toContain('\u001b');
  });

  it('shows no line of what is hidden', () => {
    expect(conflictText(shown({ is: 'hidden' }))).toBe('/etc/a.yaml differs: content not shown\n');
    expect(conflictMarkdown([shown({ is: 'hidden' })])).not.toContain('```');
  });

  it('keeps characters whole, and says where a line has no end', () => {
    const regions = of('ä', 'ö', 'ä') ?? [];
    const text = conflictText(shown({ is: 'regions', regions, again: 'undoes' }));
    expect(text).toContain('-ä\n\\ No newline at end of file\n+ö\n');
  });
});
