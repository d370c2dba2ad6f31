import { expect, it } from 'vitest';
import { isExact } from '../../../src/structured/exact-number.ts';

it.each([
  '0',
  '-0',
  '1',
  '-17',
  '1.50',
  '+1e3',
  '1E-7',
  '100000',
  '0.1',
  '.5',
  '5.',
  '9007199254740991',
  '0x10',
  '0o17',
  '1e21',
  '123456789012345680000',
])('%s comes back', (source) => {
  expect(isExact(source, Number(source))).toBe(true);
});

it.each([
  '9007199254740993',
  '12345678901234567890',
  '0.1000000000000000001',
  '0xFFFFFFFFFFFFFFFF',
  '1.00000000000000001e9',
])('%s does not', (source) => {
  expect(isExact(source, Number(source))).toBe(false);
});
