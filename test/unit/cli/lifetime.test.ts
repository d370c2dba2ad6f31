import { expect, it } from 'vitest';
import { lifetime } from '../../../src/cli/lifetime.ts';

it('a lifetime is whole days or a Go duration', () => {
  expect(lifetime('7d')).toBe(7 * 86_400_000);
  expect(lifetime('90m')).toBe(5_400_000);
  expect(lifetime('366d')).toBe(366 * 86_400_000);
});

it.each(['', '7', '7 d', '-1d', '30s', '367d', '1d12h', 'week'])('%j is none', (input) => {
  expect(() => lifetime(input)).toThrow(/--expires/);
});
