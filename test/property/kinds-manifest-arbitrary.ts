import fc from 'fast-check';
import type { FlagDeclaration } from '../../src/model/plan-file.ts';

export type Flags = Readonly<Record<string, FlagDeclaration>>;

const NAMES = ['alpha', 'beta-list', 'gamma', 'delta', 'epsilon-list', 'zeta', 'eta-map', 'theta'];
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

function valueFor(name: string): fc.Arbitrary<string> {
  if (name.endsWith('-list')) return list;
  return name.endsWith('-map') ? map : text;
}

interface Piece {
  readonly scalar: string;
  readonly comment: string;
  readonly above: readonly string[];
  readonly gap: string;
}

const style = fc.constantFrom('plain', 'single', 'double', 'escaped');

function quote(item: string, kind: string, flow: boolean): string {
  const plain = flow ? /^--?[\w./=-]+$/ : /^--?[^\s"':#\\](?:[^:#\s]|[^\s#]:[^\s:]| [^\s#:])*$/;
  if (kind === 'plain' && plain.test(item)) return item;
  if (kind === 'single') return `'${item.replaceAll("'", "''")}'`;
  if (kind === 'escaped') return JSON.stringify(item).replace(/(=.*)a/, '$1\\u0061');
  return JSON.stringify(item);
}

function piece(name: string, flow: boolean): fc.Arbitrary<Piece> {
  return fc
    .record({
      value: valueFor(name),
      prefix: fc.constantFrom('--', '--', '-'),
      underscore: fc.boolean(),
      kind: style,
      comment: fc.constantFrom('', '', ' # note', '   # später: "x"'),
      above: fc.array(fc.constantFrom('# c', '', '  # deep', '#- --commented=1'), { maxLength: 2 }),
      gap: fc.constantFrom(', ', ',', ',  ', ' ,\n      '),
    })
    .map(({ value, prefix, underscore, kind, comment, above, gap }) => {
      const spelled = underscore ? name.replaceAll('-', '_') : name;
      return { scalar: quote(`${prefix}${spelled}=${value}`, kind, flow), comment, above, gap };
    });
}

interface Shape {
  readonly flow: boolean;
  readonly crlf: boolean;
  readonly bom: boolean;
  readonly openEnd: boolean;
  readonly listLast: boolean;
  readonly indent: string;
  readonly inArgs: boolean;
}

function listText(pieces: readonly Piece[], shape: Shape): string {
  if (shape.flow) {
    const items = pieces.map((one, index) => (index === 0 ? '' : one.gap) + one.scalar);
    return ` [${items.join('')}]\n`;
  }
  const lines = pieces.flatMap((one) => [
    ...one.above.map((line) => (line === '' ? '' : `    ${line}`)),
    `    ${shape.indent}- ${one.scalar}${one.comment}`,
  ]);
  return `\n${lines.join('\n')}\n`;
}

function render(pieces: readonly Piece[], shape: Shape): string {
  const binary: Piece = { scalar: 'component', comment: '', above: [], gap: ', ' };
  const other = '    image: example.org/x:1 # größe\n    tty: yes\n    name: x\n';
  const lists = shape.inArgs
    ? `    command: [component]\n    args:${listText(pieces, shape)}`
    : `    command:${listText([binary, ...pieces], shape)}`;
  const head = `apiVersion: v1\nkind: Pod\nmetadata: {name:  x}\nspec:\n  priority: 0644\n  containers:\n`;
  const body = shape.listLast ? other + lists : lists + other;
  const whole = head + `  - ${body.trimStart()}`;
  // Left out: a blank line before a last item at an open end. With the item gone the file ends in a line end, like any other.
  const ended = shape.openEnd ? whole.replace(/\n\s*\n/g, '\n').replace(/\n$/, '') : whole;
  return (shape.bom ? '\uFEFF' : '') + (shape.crlf ? ended.replaceAll('\n', '\r\n') : ended);
}

const shape: fc.Arbitrary<Shape> = fc.record({
  flow: fc.boolean(),
  crlf: fc.boolean(),
  bom: fc.boolean(),
  openEnd: fc.boolean(),
  listLast: fc.boolean(),
  indent: fc.constantFrom('', '  '),
  inArgs: fc.boolean(),
});

/** Manifests as text: every layout, quote style and comment position that may be edited. At least one flag stays untouched. */
export const manifestText = fc
  .tuple(shape, fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 8 }))
  .chain(([form, names]) =>
    fc
      .tuple(...['kept', ...names].map((name) => piece(name, form.flow)))
      .map((pieces) => render(pieces, form)),
  );

const declaration = (name: string): fc.Arbitrary<FlagDeclaration> => {
  const whole = fc.oneof(
    { weight: 2, arbitrary: valueFor(name).map((value) => ({ form: 'value' as const, value })) },
    { weight: 1, arbitrary: fc.constant({ form: 'absent' as const }) },
  );
  if (name.endsWith('-list')) {
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

export const FIRST_NAMES = [...NAMES.slice(0, 4), 'new-one', 'new-list'];
export const SECOND_NAMES = [...NAMES.slice(4), 'new-two', 'new-map'];
