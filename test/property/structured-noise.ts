import fc from 'fast-check';

/** A YAML file as people write them, in the pieces that an edit of one entry of `jobs` has to leave alone, or may change. */
export interface Noisy {
  readonly before: string;
  readonly entries: readonly {
    readonly name: string;
    /** Comments that belong to no entry, at a lesser column. */
    readonly foreign: string;
    /** With its own comments above and beside. */
    readonly text: string;
  }[];
  readonly after: string;
}

const NAMES = ['a', 'b', 'c', 'd'];
export const KEYS = ['at', 'on', 'yes', 'null', '~', '12', '1.5', 'größe 🙂', 'tags', 'deep'];

/** The text behind a colon: what begins on the line of the key, and lines below it, each with its margin. */
type Value = (margin: string) => string;

const beside = fc.constantFrom('', '', ' # beside', '\t# behind a tab', '  ', '\t', '   #no blank');
const oneLine = fc
  .tuple(
    fc.constantFrom(
      ' 1',
      ' text',
      ' 日本語 🙂',
      " 'it''s # none'",
      ' "a\\tb \\u00e9"',
      ' yes',
      ' ~',
      '',
      '   null',
      ' -1.5e3',
      ' 0o14',
      ' 2001-01-01',
      ' a:b#c',
      ` ${'long '.repeat(40)}line`,
      ' [a, "b" ,  {c: 1, "d":[ ]}]',
      ' { }',
      ' [ ]',
    ),
    beside,
  )
  .map(
    ([text, comment]): Value =>
      () =>
        `${text}${comment}\n`,
  );
const moreLines = fc.constantFrom<Value>(
  (margin) => ` |\n${margin}  one\n\n${margin}    two\n`,
  (margin) => ` >- # folded\n${margin}  one\n${margin}  two\n`,
  (margin) => ` |+\n${margin}    kept\n\n`,
  (margin) => ` plain of\n${margin}  two lines # end\n`,
  (margin) => ` "quoted of\n${margin}  two\\\n${margin}  lines"\n`,
  (margin) => ` [a,\n${margin}  b,\n${margin}  c\n${margin}  ]\n`,
  (margin) => ` [ # first\n${margin}  a, # a\n${margin}  b # b\n${margin}  # last\n${margin}  ]\n`,
  (margin) => ` {a: 1,\n${margin}  "b": 2 ,\n\n${margin}  c: [x,\n${margin}  y]}\n`,
  (margin) => `\n${margin}  - x\n${margin}  # between\n${margin}  - y: 1 # y\n${margin}    z: 2\n`,
  (margin) => ` # not indented\n${margin}- x\n${margin}-   y\n${margin}-\n`,
  (margin) => `\n${margin}      - - x\n${margin}        - y\n`,
  (margin) =>
    Array.from({ length: 20 }, (_one, at) => `\n${margin}${' '.repeat(at + 1)}k${at}:`).join('') +
    ' deep # down\n',
);
const value = fc.oneof(oneLine, moreLines);

const fields = fc.uniqueArray(
  fc.tuple(fc.constantFrom(...KEYS), value, fc.constantFrom('plain', 'quoted', 'blank')),
  { maxLength: 4, selector: ([key]) => key },
);

interface Layout {
  readonly column: number;
  readonly dash: string;
}

function entryText(
  name: string,
  written: readonly (readonly [string, Value, string])[],
  comments: { readonly above: string; readonly below: boolean },
  { column, dash }: Layout,
): string {
  const margin = ' '.repeat(column);
  const inner = ' '.repeat(column + dash.length);
  const above = comments.above === '' ? '' : `${margin}${comments.above}\n`;
  const lines = written.map(([key, one, form]) => {
    const shown = form === 'quoted' || key === '~' ? JSON.stringify(key) : key;
    const comment = comments.below ? `${inner}# within\n` : '';
    return `${comment}${inner}${shown}${form === 'blank' ? ' ' : ''}:${one(inner)}`;
  });
  return `${above}${margin}${dash}name: ${name}\n${lines.join('')}`;
}

const jobs = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom(...NAMES),
    fields,
    above: fc.constantFrom('', '', '# about it', '#\tabout it'),
    below: fc.boolean(),
    foreign: fc.constantFrom('', '', '# foreign\n', '\n# foreign\n\n', '#\n'),
  }),
  { minLength: 1, maxLength: 4, selector: (one) => one.name },
);

export const noisy: fc.Arbitrary<Noisy> = fc
  .record({
    jobs,
    layout: fc.record({
      column: fc.constantFrom(0, 2, 3),
      dash: fc.constantFrom('- ', '-   '),
    }),
    start: fc.constantFrom('', '---\n', '# head\n\n', '%YAML 1.2\n--- # start\n', '\n'),
    first: fc.constantFrom('', 'version: "1"\n', 'on: {a: 1}   # first\nyes:\n- 1\n'),
    list: fc.constantFrom('jobs:\n', 'jobs: # all\n', '"jobs" :\n'),
    after: fc.constantFrom(
      '',
      'z: 1\n',
      'z: # c\n  - 1\n# end\n',
      '# end\n\n',
      '...\n',
      'z: [\n 1]\n...\n# x\n',
    ),
    eol: fc.constantFrom('\n', '\r\n'),
    bom: fc.boolean(),
    open: fc.boolean(),
  })
  .map(({ jobs: all, layout, start, first, list, after, eol, bom, open }) => {
    const ends = (text: string): string => text.replaceAll('\n', eol);
    const entries = all.map(({ name, fields: written, above, below, foreign }) => ({
      name,
      foreign: layout.column === 0 ? '' : ends(foreign),
      text: ends(entryText(name, written, { above, below }, layout)),
    }));
    const before = `${bom ? '\uFEFF' : ''}${ends(`${start}${first}${list}`)}`;
    return { before, entries, after: open ? ends(after).replace(/\r?\n$/, '') : ends(after) };
  });

export function textOf({ before, entries, after }: Noisy): string {
  return before + entries.map(({ foreign, text }) => foreign + text).join('') + after;
}
