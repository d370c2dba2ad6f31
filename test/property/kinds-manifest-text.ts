import fc from 'fast-check';
import { NAMES, TAKE_NEXT, valueFor } from './kinds-manifest-arbitrary.ts';

/** One flag as it stands in a list. */
interface Piece {
  /** Decoded. */
  readonly item: string;
  /** The value, where it is the next item: decoded, and its source. */
  readonly next: { readonly item: string; readonly scalar: string } | null;
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

/** The value of a flag as an item of its own. Plain where no reader of YAML takes it for anything but a text. */
function quoteValue(value: string, kind: string, flow: boolean): string {
  const isPlain = (flow ? /^[A-D]$/ : /^[A-D](?:,[A-D])*$/).test(value);
  if (kind === 'plain' && isPlain) return value;
  return quote(value, kind === 'plain' || kind === 'continued' ? 'double' : kind, flow);
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
      two: fc.boolean(),
    })
    .map(({ value, prefix, underscore, kind, comment, above, gap, two }) => {
      const spelled = `${prefix}${underscore ? name.replaceAll('-', '_') : name}`;
      if (two && prefix === '--' && TAKE_NEXT.has(name)) {
        const next = { item: value, scalar: quoteValue(value, kind, flow) };
        const tail = /^[|>]/.test(next.scalar) ? '' : comment;
        const scalar = quote(spelled, kind === 'single' ? kind : 'plain', flow);
        return { item: spelled, next, scalar, comment: tail, above, gap };
      }
      const item = `${spelled}=${value}`;
      const scalar = quote(item, kind, flow);
      // After a block scalar a comment would be text.
      const tail = /^[|>]/.test(scalar) ? '' : comment;
      return { item, next: null, scalar, comment: tail, above, gap };
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
    const items = pieces.map((one, index) => {
      const next = one.next === null ? '' : one.gap + one.next.scalar;
      return (index === 0 ? '' : one.gap) + one.scalar + next;
    });
    return ` [${items.join('')}]\n`;
  }
  const lead = `    ${shape.indent}`;
  // After a block scalar an indented comment would be text, also when what stood between is removed: refused by the proof.
  const inBlocks = pieces.some((one) => /^[|>]/.test(one.next?.scalar ?? one.scalar));
  const itemText = (source: string) => {
    const scalar = source.replaceAll('\n', `\n${lead}`);
    return `${lead}${scalar.startsWith('\n') ? '-' : '- '}${scalar}`;
  };
  const lines = pieces.flatMap((one) => {
    const above = inBlocks ? one.above.filter((line) => !line.startsWith(' ')) : one.above;
    return [
      ...above.map((line) => (line === '' ? '' : `    ${line}`)),
      // A comment behind the flag and one behind its value.
      ...(one.next === null ? [] : [`${itemText(one.scalar)}${one.comment}`]),
      `${itemText(one.next?.scalar ?? one.scalar)}${one.comment}`,
    ];
  });
  return `\n${lines.join('\n')}\n`;
}

const bare = (item: string): Piece => ({
  item,
  next: null,
  scalar: item,
  comment: '',
  above: [],
  gap: ', ',
});

/** `command`, then `args`; the wrapper begins the one and ends in the other. */
function listsOf(pieces: readonly Piece[], shape: Shape): readonly (readonly Piece[])[] {
  const [first = bare('kube-apiserver'), ...rest] = [...shape.wrapper, 'kube-apiserver'].map(bare);
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
  const other = '    image: example.org/x:v1.34.2 # größe\n    tty: yes\n    name: x\n';
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
    one.flatMap(({ item, next }) => (next === null ? [item] : [item, next.item])),
  );
  const x = {
    name: 'x',
    image: 'x:v1.34.2',
    command,
    ...(args.length === 0 ? {} : { args }),
    tty: true,
  };
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
