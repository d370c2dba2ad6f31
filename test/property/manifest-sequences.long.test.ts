import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf } from '../../src/kinds/registry.ts';
import type { FlagDeclaration } from '../../src/model/plan-file.ts';
import { FIRST_NAMES, flagsFrom, SECOND_NAMES } from './kinds-manifest-arbitrary.ts';
import { manifestText } from './kinds-manifest-text.ts';
import { plan, PlanningBench } from '../unit/plan/difference/planning-bench.ts';
import { runs } from './runs.ts';

const PATH = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const ORIGINAL = readFileSync('fixtures/manifests/kubeadm-kube-apiserver.yaml', 'utf8');

const elements = fc.subarray(['NodeRestriction', 'AlwaysPullImages', 'EventRateLimit']);
const value = fc
  .constantFrom('true', 'false', '30', 'a,b')
  .map((v): FlagDeclaration => ({ form: 'value', value: v }));
const absent = fc.constant<FlagDeclaration>({ form: 'absent' });
const list = fc
  .tuple(elements, fc.subarray(['AlwaysAdmit']))
  .map(([include, exclude]): FlagDeclaration => ({ form: 'elements', include, exclude }));
const entries = fc
  .dictionary(fc.constantFrom('A', 'B'), fc.constantFrom('true', 'false'), {
    noNullPrototype: true,
  })
  .map((map): FlagDeclaration => ({ form: 'entries', entries: map }));
const flags = fc.record(
  {
    profiling: fc.oneof(value, absent),
    'audit-log-maxage': fc.oneof(value, absent),
    'enable-admission-plugins': fc.oneof(value, absent, list),
    'feature-gates': fc.oneof(absent, entries),
    'secure-port': fc.oneof(value, absent),
  },
  { requiredKeys: [] },
);

function planOf(
  declared: Readonly<Record<string, FlagDeclaration | undefined>>,
  container: string | null = null,
) {
  const base = plan('p', { [PATH]: {} });
  const [resource] = base.resources;
  if (resource === undefined || resource.spec.kind !== 'manifest') throw new Error('no manifest');
  const known = Object.entries(declared).filter(
    (entry): entry is [string, FlagDeclaration] => entry[1] !== undefined,
  );
  // The values are not all such that the component takes them.
  const spec = {
    ...resource.spec,
    catalogue: 'off' as const,
    container,
    flags: Object.fromEntries(known),
  };
  return { ...base, resources: [{ ...resource, spec }] };
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').toSorted();
}

describe('any sequence of edits of a manifest plan', () => {
  it('is a fixpoint after each apply and gives back the original bytes at the end', () => {
    fc.assert(
      fc.property(fc.array(flags, { minLength: 1, maxLength: 4 }), (edits) => {
        const bench = new PlanningBench({ [PATH]: ORIGINAL }, kindOf);
        for (const edit of edits) {
          bench.apply([planOf(edit)]);
          expect(bench.apply([planOf(edit)])).toEqual([]);
        }
        bench.apply([planOf({})]);
        expect(bench.files.get(PATH)).toBe(ORIGINAL);
        expect(bench.managed.size).toBe(0);
      }),
      runs(20),
    );
  });

  it('is so for any manifest: every layout, quotes, wrapper and line end', () => {
    const anyFlags = flagsFrom([...FIRST_NAMES, ...SECOND_NAMES]);
    fc.assert(
      fc.property(
        manifestText,
        fc.array(anyFlags, { minLength: 2, maxLength: 3 }),
        (text, edits) => {
          const bench = new PlanningBench({ [PATH]: text }, kindOf);
          for (const edit of edits) {
            bench.apply([planOf(edit, 'x')]);
            expect(bench.apply([planOf(edit, 'x')])).toEqual([]);
          }
          bench.apply([planOf({}, 'x')]);
          expect(bench.files.get(PATH)).toBe(text);
        },
      ),
      runs(15),
    );
  });

  // A flag that was removed and later set again stands at the end: its text returns, not its place.
  it('gives back every line when someone else added a comment', () => {
    fc.assert(
      fc.property(fc.array(flags, { minLength: 1, maxLength: 3 }), (edits) => {
        const bench = new PlanningBench({ [PATH]: ORIGINAL }, kindOf);
        for (const edit of edits) {
          bench.apply([planOf(edit)]);
          bench.files.set(PATH, `${bench.files.get(PATH) ?? ''}# theirs\n`);
        }
        bench.apply([planOf({})]);
        const expected = ORIGINAL + '# theirs\n'.repeat(edits.length);
        expect(linesOf(bench.files.get(PATH) ?? '')).toEqual(linesOf(expected));
      }),
      runs(30),
    );
  });
});
