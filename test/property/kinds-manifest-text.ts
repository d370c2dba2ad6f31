import fc from 'fast-check';
import { NAMES, valueFor } from './kinds-manifest-arbitrary.ts';

/** One flag as it stands in a list. */
interface Piece {
  /** Decoded. */
  readonly item: string;
  /** Source, on one line or several; a line end in it stands for one and the indentation of the list. */
  readonly scalar: string;
  readonly comment: string;
  readonly above: readonly string[];
  readonly gap: string;
}

const STYLES = ['plain', 'single', 'double', 'escaped', 'below', 'folded', 'literal', 'continued'];

function quote(item: string, kind: string, flow: boolean): string {
  const plain = flow ? /^--?[\w./=-]+$/ : /^--?[^\s"':#\\](?:[^:#\s]|[^\s#]:[^\s:]| [^\s#:])*$/;
  if (kind === 'plain' && plain.test(item)) return item;
  if (kind === 'single') return `'${item.replaceAll("'", "''")}'`;
  if (kind === 'escaped') return JSON.stringify(item).replace(/(=.*)a/, '$1\\u0061');
  if (flow) return JSON.stringify(item);
  if (kind === 'below') return `\n  ${JSON.stringify(item)}`;
  if (kind === 'literal') return `|-\n  ${item}`;
  // Folded where one blank stands between two words.
  if (kind === 'folded') return `>-\n  ${item.replace(/(\S) (\S)/, '$1\n  $2')}`;
  if (kind !== 'continued') return JSON.stringify(item);
  return JSON.stringify(item).replace(/=( ?)/, (_all, blank) => `=\\\n  ${blank ? '\\ ' : ''}`);
}

function piece(name: string, flow: boolean): fc.Arbitrary<Piece> {
  return fc
    .record({
      value: valueFor(name),
      prefix: fc.constantFrom('--', '--', '-'),
      underscore: fc.boolean(),
      kind: fc.constantFrom(...STYLES),
      comment: fc.constantFrom('', '', ' # note', '   # später: "x"'),
      above: fc.array(fc.constantFrom('# c', '', '  # deep', '#- --commented=1'), { maxLength: 2 }),
      gap: fc.constantFrom(', ', ',', ',  ', ' ,\n      '),
    })
    .map(({ value, prefix, underscore, kind, comment, above, gap }) => {
      const item = `${prefix}${underscore ? name.replaceAll('-', '_') : name}=${value}`;
      const scalar = quote(item, kind, flow);
      // After a block scalar a comment would be text.
      const tail = /^[|>]/.test(scalar) ? '' : comment;
      return { item, scalar, comment: tail, above, gap };
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
  readonly json: boolean;
  readonly spaces: string;
  readonly wrapper: readonly string[];
  readonly neighbours: boolean;
  readonly markers: boolean;
}

function listText(pieces: readonly Piece[], shape: Shape): string {
  if (shape.flow) {
    const items = pieces.map((one, index) => (index === 0 ? '' : one.gap) + one.scalar);
    return ` [${items.join('')}]\n`;
  }
  const lead = `    ${shape.indent}`;
  // After a block scalar an indented comment would be text, also when what stood between is removed: refused by the proof.
  const inBlocks = pieces.some((one) => /^[|>]/.test(one.scalar));
  const lines = pieces.flatMap((one) => {
    const scalar = one.scalar.replaceAll('\n', `\n${lead}`);
    const dash = scalar.startsWith('\n') ? '-' : '- ';
    const above = inBlocks ? one.above.filter((line) => !line.startsWith(' ')) : one.above;
    return [
      ...above.map((line) => (line === '' ? '' : `    ${line}`)),
      `${lead}${dash}${scalar}${one.comment}`,
    ];
  });
  return `\n${lines.join('\n')}\n`;
}

const bare = (item: string): Piece => ({ item, scalar: item, comment: '', above: [], gap: ', ' });

/** `command`, then `args`; the wrapper begins the one and ends in the other. */
function listsOf(pieces: readonly Piece[], shape: Shape): readonly (readonly Piece[])[] {
  const [first = bare('component'), ...rest] = [...shape.wrapper, 'component'].map(bare);
  return shape.inArgs ? [[first], [...rest, ...pieces]] : [[first, ...rest, ...pieces], []];
}

const OTHERS = `  - name: side
    image: example.org/side:1
    command: [side, --alpha=side, "--beta-list=A,B"]
`;
const INITS = `  initContainers:
  - {name: init, image: "example.org/init:1", args: [--alpha=init]}
`;

function renderYaml(pieces: readonly Piece[], shape: Shape): string {
  const other = '    image: example.org/x:1 # größe\n    tty: yes\n    name: x\n';
  const [command = [], args = []] = listsOf(pieces, shape);
  const below = args.length === 0 ? '' : `    args:${listText(args, shape)}`;
  const lists = `    command:${listText(command, shape)}${below}`;
  const start = shape.markers ? '# first\n--- # start\n' : '';
  const head = `${start}apiVersion: v1\nkind: Pod\nmetadata: {name:  x}\nspec:\n  priority: 0644\n`;
  const body = shape.listLast ? other + lists : lists + other;
  const around = shape.neighbours ? `${INITS}  containers:\n${OTHERS}` : '  containers:\n';
  const end = shape.markers ? '...\n' : '';
  const whole = `${head}${around}  - ${body.trimStart()}${end}`;
  // Left out: a blank line before a last item at an open end. With the item gone the file ends in a line end, like any other.
  return shape.openEnd ? whole.replace(/\n\s*\n/g, '\n').replace(/\n$/, '') : whole;
}

function renderJson(pieces: readonly Piece[], shape: Shape): string {
  const [command = [], args = []] = listsOf(pieces, shape).map((one) =>
    one.map(({ item }) => item),
  );
  const x = { name: 'x', command, ...(args.length === 0 ? {} : { args }), tty: true };
  const side = { name: 'side', command: ['side', '--alpha=side'] };
  const spec = { priority: 0o644, containers: shape.neighbours ? [side, x] : [x] };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec };
  return JSON.stringify(pod, null, shape.spaces) + (shape.openEnd ? '' : '\n');
}

function render(pieces: readonly Piece[], shape: Shape): string {
  const text = shape.json ? renderJson(pieces, shape) : renderYaml(pieces, shape);
  const mark = shape.bom && !shape.json ? '\uFEFF' : '';
  return mark + (shape.crlf ? text.replaceAll('\n', '\r\n') : text);
}

const shape: fc.Arbitrary<Shape> = fc.record({
  flow: fc.boolean(),
  crlf: fc.boolean(),
  bom: fc.boolean(),
  openEnd: fc.boolean(),
  listLast: fc.boolean(),
  indent: fc.constantFrom('', '  '),
  inArgs: fc.boolean(),
  json: fc.constantFrom(true, false, false, false),
  spaces: fc.constantFrom('', '  ', '\t'),
  wrapper: fc.constantFrom([], [], ['/go-runner', '--log-file=/x.log'], ['/hyperkube']),
  neighbours: fc.boolean(),
  markers: fc.boolean(),
});

/**
 * Manifests as text: every layout, quote style, wrapper and comment position that may be edited; container `x`, at times beside
 * others. At least one flag stays untouched.
 */
export const manifestText = fc
  .tuple(shape, fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 8 }))
  .chain(([form, names]) =>
    fc
      .tuple(...['kept', ...names].map((name) => piece(name, form.flow)))
      .map((pieces) => render(pieces, form)),
  );
