import fc from 'fast-check';
import type { FlagDeclaration } from '../../src/model/plan-file.ts';

export type Flags = Readonly<Record<string, FlagDeclaration>>;

export const NAMES = [
  'alpha',
  'beta-list',
  'gamma',
  'delta',
  'epsilon-list',
  'zeta',
  'eta-map',
  'theta',
  'etcd-prefix',
  'cors-allowed-origins',
];

/** Of kube-apiserver: these take the next item as their value, where they are bare. */
export const TAKE_NEXT: ReadonlySet<string> = new Set(['etcd-prefix', 'cors-allowed-origins']);

const isList = (name: string) => name.endsWith('-list') || name === 'cors-allowed-origins';

/** Whether an item is a flag whose value is the next one. */
export function takesNext(item: string): boolean {
  const name = item.replace(/^--?/, '').replaceAll('_', '-');
  return item.startsWith('-') && TAKE_NEXT.has(name);
}
const ELEMENTS = ['A', 'B', 'C', 'D', 'E:x', 'Fü'];

const text = fc.oneof(
  fc.constantFrom(
    '',
    'true',
    '0644',
    '1m0s',
    'oidc:',
    'a: b',
    'x #y',
    "it's",
    '"q"',
    '\\n',
    '[x]',
    '{y}',
    '日本🚀',
    ' lead',
    'tail ',
    '*',
    '&a',
    '!t',
    '%',
    '@',
    '`',
    '-',
    '---',
    ',',
  ),
  fc
    .string({ maxLength: 12, unit: 'grapheme' })
    .filter((s) => !/[\p{C}\u2028\u2029]|\$\{|\{\{/u.test(s)),
);
const list = fc
  .uniqueArray(fc.constantFrom(...ELEMENTS), { maxLength: 5 })
  .map((parts) => parts.join(','));
const map = fc
  .uniqueArray(fc.constantFrom('K1', 'K2', 'K3', 'K4'), { maxLength: 4 })
  .chain((keys) =>
    fc.tuple(...keys.map((key) => fc.constantFrom(`${key}=true`, `${key}=false`, ` ${key}=x `))),
  )
  .map((parts) => parts.join(','));

export function valueFor(name: string): fc.Arbitrary<string> {
  if (isList(name)) return list;
  return name.endsWith('-map') ? map : text;
}

const declaration = (name: string): fc.Arbitrary<FlagDeclaration> => {
  const whole = fc.oneof(
    { weight: 2, arbitrary: valueFor(name).map((value) => ({ form: 'value' as const, value })) },
    { weight: 1, arbitrary: fc.constant({ form: 'absent' as const }) },
  );
  if (isList(name)) {
    const parts = fc.uniqueArray(fc.constantFrom(...ELEMENTS), { minLength: 1, maxLength: 6 });
    const split = fc.tuple(parts, fc.nat(6)).map(([all, at]) => ({
      form: 'elements' as const,
      include: all.slice(0, at),
      exclude: all.slice(at),
    }));
    return fc.oneof(whole, { weight: 4, arbitrary: split });
  }
  if (!name.endsWith('-map')) return whole;
  const values = fc.constantFrom('true', 'false', 'v', null);
  const entries = fc
    .dictionary(fc.constantFrom('K1', 'K2', 'K3', 'K4', 'K/5%'), values, { minKeys: 1 })
    .map((map) => ({ form: 'entries' as const, entries: map }));
  return fc.oneof(whole, { weight: 4, arbitrary: entries });
};

/** Declarations for some of the flags, known and new. */
export function flagsFrom(names: readonly string[]): fc.Arbitrary<Flags> {
  return fc
    .subarray([...names], { minLength: 1 })
    .chain((chosen) =>
      fc.tuple(...chosen.map((name) => declaration(name).map((one) => [name, one] as const))),
    )
    .map((pairs) => Object.fromEntries(pairs));
}

export const FIRST_NAMES = [...NAMES.slice(0, 4), 'etcd-prefix', 'new-one', 'new-list'];
export const SECOND_NAMES = [
  ...NAMES.slice(4).filter((name) => name !== 'etcd-prefix'),
  'new-two',
  'new-map',
];
