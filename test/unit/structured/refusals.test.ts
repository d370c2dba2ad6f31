import { describe, expect, it, vi } from 'vitest';
import { Parser } from 'yaml';
import type { JsonValue } from '../../../src/model/item.ts';
import { editStructured } from '../../../src/structured/edit-structured.ts';
import { observeStructured } from '../../../src/structured/observe-structured.ts';
import { readDocuments, readStructured } from '../../../src/structured/read-structured.ts';
import { hasTooManyPieces } from '../../../src/structured/pieces.ts';
import type { StructuredEdit } from '../../../src/structured/structured.ts';

const PATH = '/srv/jobs.yaml';

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Code and place of the first problem of reading or editing. */
function refused(source: Uint8Array, edits: readonly StructuredEdit[], path = PATH): string {
  const read = readStructured(source, path);
  const result = read.ok ? editStructured(read.value, edits, path) : read;
  if (result.ok) return 'nothing';
  const [first] = result.diagnostics;
  return `${first?.code ?? ''} ${first?.at?.line ?? '-'}:${first?.at?.column ?? '-'}`;
}

function laughing(levels: number): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let at = 1; at <= levels; at += 1) {
    lines.push(`a${at}: &a${at} [${Array.from({ length: 10 }, () => `*a${at - 1}`).join(', ')}]`);
  }
  return `${lines.join('\n')}\n`;
}

const set = (value: JsonValue, ...path: StructuredEdit['path']): StructuredEdit => ({
  op: 'set',
  path,
  value,
});

interface Row {
  readonly what: string;
  readonly source: Uint8Array;
  readonly edit?: StructuredEdit;
  readonly path?: string;
  readonly refusal: string;
}

const ROWS: readonly Row[] = [
  { what: 'no UTF-8', source: Uint8Array.of(0x61, 0xff), refusal: 'SP2200 -:-' },
  { what: 'a control character', source: bytes('a: 1\nb: \u0007\n'), refusal: 'SP2200 2:4' },
  { what: 'more than 8 MiB', source: new Uint8Array(8 * 1024 * 1024 + 1), refusal: 'SP2201 -:-' },
  { what: 'too deep', source: bytes('['.repeat(2000)), refusal: 'SP2201 -:-' },
  { what: 'aliases that expand too far', source: bytes(laughing(9)), refusal: 'SP2201 1:1' },
  { what: 'an error of syntax', source: bytes('a: 1\nb: [1\n'), refusal: 'SP2202 3:1' },
  { what: 'an error of JSON', source: bytes('{"a": 1,}'), path: '/x.json', refusal: 'SP2202 1:9' },
  { what: 'an alias of nothing', source: bytes('a: 1\nb: *x\n'), refusal: 'SP2202 2:4' },
  {
    what: 'an alias of an anchor in another document',
    source: bytes('a: &x 1\n---\nb: *x\n'),
    refusal: 'SP2202 3:4',
  },
  {
    what: 'an alias of what it stands in, though one of that name was before',
    source: bytes('- &x 1\n- &x [*x]\n'),
    refusal: 'SP2202 2:7',
  },
  {
    what: 'maps on one line, for which the parser runs out of stack',
    source: bytes(`- {${'"":'.repeat(50_000)}}\n`),
    refusal: 'SP2201 -:-',
  },
  {
    what: 'aliases of a long text that stand for more than fits into memory',
    source: bytes(`a: &x ${'x'.repeat(100_000)}\nb: [${'*x, '.repeat(2000)}]\n`),
    refusal: 'SP2201 1:1',
  },
  { what: 'YAML 1.1', source: bytes('%YAML 1.1\n---\na: 1\n'), refusal: 'SP2202 1:1' },
  { what: 'a key twice', source: bytes('a: 1\nb:\n  c: 1\n  c: 2\n'), refusal: 'SP2203 4:3' },
  { what: 'a key twice in JSON', source: bytes('{"a": 1, "a": 2}'), refusal: 'SP2203 1:10' },
  { what: 'two documents', source: bytes('a: 1\n---\nb: 1\n'), refusal: 'SP2204 3:1' },
  {
    what: 'an anchor on the way',
    source: bytes('a: &x\n  b: 1\nc: *x\n'),
    edit: set(2, 'a', 'b'),
    refusal: 'SP2205 1:1',
  },
  {
    what: 'an alias in the way',
    source: bytes('a: &x\n  b: 1\nc: *x\n'),
    edit: set(2, 'c', 'b'),
    refusal: 'SP2205 3:1',
  },
  {
    what: 'a merge key beside',
    source: bytes('a: &x {b: 1}\nc:\n  <<: *x\n  d: 1\n'),
    edit: set(2, 'c', 'd'),
    refusal: 'SP2205 2:1',
  },
  { what: 'a tag', source: bytes('a: !!str 1\n'), edit: set(2, 'a'), refusal: 'SP2205 1:1' },
  {
    what: 'a text on the way',
    source: bytes('a: text\n'),
    edit: set(2, 'a', 'b'),
    refusal: 'SP2206 1:1',
  },
  {
    what: 'two of a name',
    source: bytes('- n: x\n- n: x\n'),
    edit: set(1, { field: 'n', is: 'x' }, 'at'),
    refusal: 'SP2206 2:1',
  },
  {
    what: 'a record of another version',
    source: bytes('a: 1\n'),
    edit: { op: 'restore', path: ['a'], before: { version: 9 } },
    refusal: 'SP2208 -:-',
  },
  {
    what: 'a comment between brackets',
    source: bytes('a: [x, # x\n  y]\n'),
    edit: set(['x'], 'a'),
    refusal: 'SP2209 2:3',
  },
  {
    what: 'half a character',
    source: bytes('a: 1\n'),
    edit: set('\uD800', 'a'),
    refusal: 'SP2210 -:-',
  },
  {
    what: 'a number without end',
    source: bytes('a: 1\n'),
    edit: set(Infinity, 'a'),
    refusal: 'SP2210 -:-',
  },
  {
    what: 'an entry of another name',
    source: bytes('[]\n'),
    edit: set({ n: 'y' }, { field: 'n', is: 'x' }),
    refusal: 'SP2210 -:-',
  },
];

describe('what cannot be edited safely', () => {
  it.each(ROWS)('$what', ({ source, edit, path, refusal }) => {
    expect(refused(source, edit === undefined ? [] : [edit], path)).toBe(refusal);
  });

  it('anchors elsewhere are no hindrance', () => {
    expect(refused(bytes('a: &x\n  b: 1\nc: *x\nd: 1\n'), [set(2, 'd')])).toBe('nothing');
  });
});

/** Hostile files are refused at the cost of an ordinary one: what is counted here is what would have to be done for each problem. */
describe('very many', () => {
  it.each([
    ['keys given twice', 'a: 1\n', 'SP2203'],
    ['errors of syntax', '- ]\n', 'SP2202'],
    ['aliases of nothing', '- *x\n', 'SP2202'],
    ['documents with a key twice', 'a: 1\na: 2\n---\n', 'SP2203'],
  ])('%s: the first hundred are told', (_what, line, code) => {
    const result = readDocuments(bytes(line.repeat(400)), PATH);
    if (result.ok) throw new Error('read');
    expect(result.diagnostics.map((one) => one.code)).toStrictEqual(
      Array.from({ length: 100 }, () => code),
    );
    expect(result.diagnostics.at(-1)?.help).toMatch(/; \d+ more problems are not shown$/);
  });

  it.each([
    ['keys', PATH, Array.from({ length: 1_000_000 }, (_one, at) => `${at}:\n`).join('')],
    ['dashes', PATH, '- - - - - - - -\n'.repeat(80_000)],
    ['entries between brackets', PATH, `[${'a,'.repeat(600_000)}]`],
    ['quotes', PATH, `- ${'""'.repeat(300_000)}`],
    ['aliases', PATH, `- &a x\n- [${'*a '.repeat(600_000)}`],
    ['values of JSON', '/x.json', `[${'1,'.repeat(600_000)}1]`],
  ])('%s are refused by what a look at the characters tells', (_what, path, text) => {
    const parse = vi.spyOn(Parser.prototype, 'parse');
    const result = readStructured(bytes(text), path);
    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
    expect(result.ok ? [] : result.diagnostics.map(({ message }) => message)).toStrictEqual([
      `${path}: the file has more than 500,000 lines, keys and entries`,
    ]);
  });

  it('ten thousand ordinary entries are not', () => {
    const entry = '{"skill_name": "job", "schedule": "0 3 * * *", "tags": ["a", "b"]}';
    const text = `[${Array.from({ length: 10_000 }, () => entry).join(',\n')}]`;
    expect(readStructured(bytes(text), '/x.json').ok).toBe(true);
    expect(
      hasTooManyPieces('- n: "job"\n  at: 0 3 * * *\n  on: [a, b]\n'.repeat(10_000), 'yaml'),
    ).toBe(false);
  });
});

describe('several documents', () => {
  it('edits one of them', () => {
    const text = '# one\na: 1\n---\n# two\nb: 1 # x\n---\nc: 1\n';
    const all = readDocuments(bytes(text), PATH);
    const second = all.ok ? all.value[1] : undefined;
    const edited =
      second === undefined ? null : editStructured(second, [set(2, 'b'), set(3, 'd')], PATH);
    expect(edited).toStrictEqual({
      ok: true,
      value: { text: '# one\na: 1\n---\n# two\nb: 2 # x\nd: 3\n---\nc: 1\n' },
    });
  });
});

describe('records', () => {
  it('put several entries back at their places, in any order', () => {
    const text =
      'jobs:\n  # first\n  - n: a\n\n  # second\n  - n: b # b\n  - n: c\n  - n: d\n  - n: e\n';
    const source = readStructured(bytes(text), PATH);
    if (!source.ok) throw new Error('not read');
    const paths = ['d', 'b', 'a', 'c'].map((is) => ['jobs', { field: 'n', is }]);
    const removed = editStructured(
      source.value,
      paths.map((path) => ({ op: 'remove', path })),
      PATH,
    );
    expect(removed).toStrictEqual({ ok: true, value: { text: 'jobs:\n  - n: e\n' } });
    const rest = readStructured(bytes(removed.ok ? removed.value.text : ''), PATH);
    if (!rest.ok) throw new Error('not read');
    const back = paths.map((path): StructuredEdit => {
      const { before } = observeStructured(source.value, path);
      return { op: 'restore', path, before: JSON.parse(JSON.stringify(before)) as typeof before };
    });
    expect(editStructured(rest.value, back, PATH)).toStrictEqual({ ok: true, value: { text } });
  });
});
