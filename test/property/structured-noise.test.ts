import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import type { JsonValue } from '../../src/model/item.ts';
import { editStructured } from '../../src/structured/edit-structured.ts';
import { observeStructured } from '../../src/structured/observe-structured.ts';
import { readStructured } from '../../src/structured/read-structured.ts';
import type { Structured, StructuredEdit } from '../../src/structured/structured.ts';
import { KEYS, noisy, textOf } from './structured-noise.ts';

const PATH = '/srv/jobs.yaml';

const wanted: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue>(
  'text',
  'yes',
  '',
  7,
  null,
  true,
  'two\nlines\n',
  ['x', 'y'],
  [],
  {},
  { a: 1, list: [{ b: 'c' }] },
);

/** One change of the entry with this index; behind the last one, of a new entry. */
const change = fc.oneof(
  fc.record({ op: fc.constant('set' as const), key: fc.constantFrom(...KEYS), value: wanted }),
  fc.record({ op: fc.constant('remove' as const), key: fc.constantFrom(...KEYS, null) }),
  fc.record({ op: fc.constant('whole' as const), key: fc.constantFrom(...KEYS), value: wanted }),
);

function read(text: string): Structured {
  const result = readStructured(new TextEncoder().encode(text), PATH);
  if (!result.ok) throw new Error(`${result.diagnostics[0]?.message ?? ''}\n${text}`);
  return result.value;
}

type Change = typeof change extends fc.Arbitrary<infer One> ? One : never;
type Entry = Record<string, JsonValue>;

function editOf(name: string, one: Change): StructuredEdit {
  const path = ['jobs', { field: 'name', is: name }];
  if (one.op === 'whole') return { op: 'set', path, value: { name, [one.key]: one.value } };
  if (one.op === 'set') return { op: 'set', path: [...path, one.key], value: one.value };
  return { op: 'remove', path: one.key === null ? path : [...path, one.key] };
}

/** By the parser alone, which takes a key `null` for an empty one: what stands there is the name for us. */
function decoded(text: string): unknown {
  const json = JSON.stringify(parse(text.replace('\uFEFF', '')));
  return JSON.parse(json.replaceAll('"":', '"null":'));
}

/** The same edit of the value alone. */
function edited(value: JsonValue, name: string, one: Change): JsonValue {
  const copy = structuredClone(value) as { jobs: Entry[] };
  const at = copy.jobs.findIndex((entry) => entry['name'] === name);
  const entry = copy.jobs[at];
  if (one.op === 'remove') {
    if (entry !== undefined && one.key !== null) delete entry[one.key];
    if (entry !== undefined && one.key === null) copy.jobs.splice(at, 1);
    return copy;
  }
  const whole = one.op === 'whole' || entry === undefined ? { name } : entry;
  copy.jobs.splice(at === -1 ? copy.jobs.length : at, 1, { ...whole, [one.key]: one.value });
  return copy;
}

it('an edit of one entry leaves every byte of the others, decodes to what is wanted, and is given back to the byte', () => {
  fc.assert(
    fc.property(noisy, fc.nat(4), change, (file, index, one) => {
      const text = textOf(file);
      const source = read(text);
      expect(source.value).toStrictEqual(decoded(text));
      const at = Math.min(index, file.entries.length);
      const name = file.entries[at]?.name ?? 'new';
      const edit = editOf(name, one);
      const result = editStructured(source, [edit], PATH);
      const codes = result.ok ? [] : result.diagnostics.map(({ code }) => code);
      // A comment beside what goes from between brackets.
      expect(codes.filter((code) => code !== 'SP2209')).toStrictEqual([]);
      if (!result.ok) return;
      const after = result.value.text;
      expect(read(after).value).toStrictEqual(edited(source.value, name, one));
      const kept = (entries: typeof file.entries): string =>
        entries.map((entry) => entry.foreign + entry.text).join('');
      // A list that has lost its only entry is written as an empty one.
      const emptied = file.entries.length === 1 && one.op === 'remove' && one.key === null;
      const ahead = emptied ? '' : file.before + kept(file.entries.slice(0, at));
      const behind = emptied ? '' : kept(file.entries.slice(at + 1)) + file.after;
      expect(after.slice(0, ahead.length)).toBe(ahead);
      expect(after.slice(after.length - behind.length)).toBe(behind);
      const { before } = observeStructured(source, edit.path);
      const restored = editStructured(
        read(after),
        [{ op: 'restore', path: edit.path, before }],
        PATH,
      );
      expect(restored).toStrictEqual({ ok: true, value: { text } });
    }),
    { numRuns: Number(process.env['RUNS'] ?? 150) },
  );
});
