import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { drawFrame } from '../../../src/diagnostics/frame.ts';
import { printable } from '../../../src/diagnostics/printable.ts';
import { renderDiagnostic, renderDiagnostics } from '../../../src/diagnostics/render.ts';

const at = { file: 'plans/a.yaml', line: 2, column: 3 };
const paint = (part: string, text: string): string => `<${part}>${text}`;
const PROBLEM: Diagnostic = {
  code: 'SP1203',
  severity: 'error',
  message: 'unknown key "nmae"',
  at,
  frame: drawFrame('a: 1\n  nmae: x\nb: 2\n', { ...at, endColumn: 7 }),
  detail: 'first line\nsecond line',
  help: 'did you mean "name"?',
};

describe('a rendered diagnostic', () => {
  it('says what, where, what to do and where to read more', () => {
    expect(renderDiagnostic(PROBLEM, { color: false })).toBe(
      [
        'error[SP1203]: unknown key "nmae"',
        '  --> plans/a.yaml:2:3',
        '  1 | a: 1',
        '  2 |   nmae: x',
        '    |   ^^^^',
        '  3 | b: 2',
        '  first line',
        '  second line',
        '  help: did you mean "name"?',
        '  explain: setpoint explain SP1203',
      ].join('\n'),
    );
  });

  it('has the same text with colour', () => {
    const coloured = renderDiagnostic(PROBLEM, { color: true });
    // oxlint-disable-next-line no-control-regex
    expect(coloured.replaceAll(/\u001B\[[0-9;]*m/g, '')).toBe(
      renderDiagnostic(PROBLEM, { color: false }),
    );
    expect(coloured).toContain('\u001B[1;31merror[SP1203]\u001B[0m');
    expect(renderDiagnostic(PROBLEM, { color: true, paint })).toContain('<error>error[SP1203]');
  });

  it('lets no escape sequence or reordering mark of a file through', () => {
    const hostile = '\u001B]0;title\u0007 \u202Eevil \u009B31m \r';
    const text = renderDiagnostic(
      { ...PROBLEM, message: hostile, help: hostile, frame: hostile, detail: hostile },
      { color: false },
    );
    expect(text).toBe(printable(text));
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u001B\u0007\u202E\u009B\r]/);
  });

  it('comes sorted by place and once', () => {
    const other = { ...PROBLEM, at: { ...at, line: 1 }, message: 'earlier' };
    const nowhere: Diagnostic = { code: 'SP9001', severity: 'error', message: 'no place' };
    const messages = renderDiagnostics([PROBLEM, other, PROBLEM, nowhere], { color: false })
      .split('\n')
      .filter((line) => line.startsWith('error'));
    expect(messages).toEqual([
      'error[SP9001]: no place',
      'error[SP1203]: earlier',
      'error[SP1203]: unknown key "nmae"',
    ]);
  });
});

describe('a frame', () => {
  it('stays inside the file and marks at least one character', () => {
    expect(drawFrame('', { line: 1, column: 1 })).toBe('1 |\n  | ^');
    expect(drawFrame('a', { line: 1, column: 2, endColumn: 2 })).toBe('1 | a\n  |  ^');
    expect(drawFrame('a\nb', { line: 2, column: 1, endLine: 9, endColumn: 4 })).toContain('2 | b');
  });

  it('shows the marked part of a very long line', () => {
    const frame = drawFrame(`${'x'.repeat(5000)}HERE${'y'.repeat(5000)}`, {
      line: 1,
      column: 5001,
      endColumn: 5005,
    });
    const [line = '', mark = ''] = frame.split('\n');
    expect(line.length).toBeLessThan(120);
    expect(line.slice(mark.indexOf('^'), mark.lastIndexOf('^') + 1)).toBe('HERE');
  });

  it('keeps marks under tabs and control characters', () => {
    const [line = '', mark = ''] = drawFrame('\t\u001B[1mkey: x', {
      line: 1,
      column: 6,
      endColumn: 9,
    }).split('\n');
    expect(line.slice(mark.indexOf('^'), mark.lastIndexOf('^') + 1)).toBe('key');
  });
});

it('a cause stands before what came of it, whatever their codes are', () => {
  const cause = { code: 'SP6061', severity: 'warning', message: 'immutable' } as const;
  const effect = { code: 'SP4207', severity: 'warning', message: 'stays open' } as const;
  const text = renderDiagnostics([cause, effect], { color: false });
  expect(text.indexOf('SP6061')).toBeLessThan(text.indexOf('SP4207'));
});

describe('several diagnostics with the same help', () => {
  it('show it once, below the last of them', () => {
    const one = { code: 'SP6010', severity: 'error', help: 'free space' } as const;
    const other = { ...one, message: 'c', help: 'something else' };
    const all = [{ ...one, message: 'a' }, { ...one, message: 'b' }, other];
    expect(renderDiagnostics(all, { color: false }).split('\n')).toEqual([
      'error[SP6010]: a',
      '  explain: setpoint explain SP6010',
      '',
      'error[SP6010]: b',
      '  help: free space',
      '  explain: setpoint explain SP6010',
      '',
      'error[SP6010]: c',
      '  help: something else',
      '  explain: setpoint explain SP6010',
    ]);
  });
});
