import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { plan, PlanningBench } from '../unit/plan/difference/planning-bench.ts';

const values = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd'),
  fc.option(fc.constantFrom('0', '1', '2'), { nil: null }),
  { maxKeys: 4, noNullPrototype: true },
);
const start = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd', 'z'),
  fc.constantFrom('0', '1', '2'),
  {
    noNullPrototype: true,
  },
);

function text(items: Readonly<Record<string, string>>): string {
  return Object.entries(items)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

describe('any sequence of plan edits', () => {
  it('is a fixpoint after each apply, and gives back the original bytes at the end', () => {
    fc.assert(
      fc.property(start, fc.array(values, { minLength: 1, maxLength: 5 }), (items, edits) => {
        const bench = new PlanningBench({ '/f': text(items) });
        for (const edit of edits) {
          const plans = [plan('p', { '/f': edit })];
          bench.apply(plans);
          expect(bench.apply(plans)).toEqual([]);
        }
        bench.apply([], { released: ['p'] });
        expect(bench.files.get('/f')).toBe(text(items));
        expect(bench.managed.size).toBe(0);
      }),
    );
  });

  it('never loses a line that someone else added', () => {
    fc.assert(
      fc.property(start, values, values, (items, first, second) => {
        const bench = new PlanningBench({ '/f': text(items) });
        bench.apply([plan('p', { '/f': first })]);
        bench.files.set('/f', `${bench.files.get('/f') ?? ''}foreign=1\n`);
        bench.apply([plan('p', { '/f': second })]);
        bench.apply([], { released: ['p'] });
        expect(bench.files.get('/f')).toContain('foreign=1\n');
      }),
    );
  });
});
