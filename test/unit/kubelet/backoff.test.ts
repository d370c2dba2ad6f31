import { expect, it } from 'vitest';
import { createBackoff } from '../../kubelet/backoff.ts';

it('the back-off doubles up to its limit, for each key on its own', () => {
  const backoff = createBackoff({ base: 10, max: 50 });
  const of = (key: string, times: number): readonly number[] =>
    Array.from({ length: times }, () => backoff.next(key));
  expect(of('uid-1/c', 4)).toEqual([10, 20, 40, 50]);
  expect(of('uid-2/c', 1)).toEqual([10]);
  expect(of('uid-1/c', 1)).toEqual([50]);
});
