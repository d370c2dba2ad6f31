import { describe, expect, it } from 'vitest';
import { reasonsFor } from '../../../src/cli/apply-request.ts';
import { waitLimit } from '../../../src/cli/wait-limit.ts';

describe('--wait-limit', () => {
  it.each([
    ['1s', 1000],
    ['90m', 5_400_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['744h', 2_678_400_000],
  ])('%s is %i ms', (text, millis) => {
    expect(waitLimit(text)).toBe(millis);
  });

  it.each([
    '',
    ' ',
    '0',
    '0s',
    '999ms',
    '-1h',
    '+1h',
    '8',
    '8 h',
    '8H',
    '1d',
    '2w',
    'eight hours',
    '1h-1m',
    '744h1s',
    '999999999999999999999h',
    'Infinity',
    '1e3h',
  ])('%j is refused', (text) => {
    expect(() => waitLimit(text)).toThrow(
      expect.objectContaining({ exitCode: 64, diagnostics: [expect.objectContaining(REFUSED)] }),
    );
  });
});

const REFUSED = {
  code: 'SP9001',
  message: expect.stringContaining('not a duration from 1s to 744h'),
};

describe('--override window', () => {
  it.each([undefined, '', '   ', '\t\n'])('with the reason %j is a usage error', (reason) => {
    expect(() => reasonsFor({ override: ['window'], reason })).toThrow(
      expect.objectContaining({
        exitCode: 64,
        diagnostics: [
          expect.objectContaining({
            code: 'SP9005',
            message: '--override window needs --reason',
          }),
        ],
      }),
    );
  });

  it('has its reason without the blanks around it; without it there is none', () => {
    const reason = '  the disk is full ';
    expect(reasonsFor({ override: ['window'], reason }).overrideWindow).toBe('the disk is full');
    expect(reasonsFor({ reason }).overrideWindow).toBeUndefined();
  });
});
