import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/model/item.ts';
import { editStructured } from '../../../src/structured/edit-structured.ts';
import { observeStructured } from '../../../src/structured/observe-structured.ts';
import { readDocuments, readStructured } from '../../../src/structured/read-structured.ts';
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
