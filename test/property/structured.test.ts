import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { JsonValue } from '../../src/model/item.ts';
import { editStructured } from '../../src/structured/edit-structured.ts';
import { observeStructured } from '../../src/structured/observe-structured.ts';
import { readStructured } from '../../src/structured/read-structured.ts';
import type { DocumentPath, Structured, StructuredEdit } from '../../src/structured/structured.ts';

type JsonMap = Record<string, JsonValue>;

const PATH = '/srv/jobs.yaml';
const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const key = fc.constantFrom(
  'at',
  'on',
  'yes',
  'null',
  '~',
  'tags',
  'params',
  '1',
  '1.0',
  'key with: colon',
  '__proto__',
  'größe 日本 🙂',
);
const text = fc.oneof(
  fc.constantFrom(
    'x',
    'yes',
    '*/5 * * * *',
    '012',
    '',
    ' a',
    'a # b',
    '- a',
    'two\nlines\n',
    'no end\n  deeper\n\nof it',
    `${'long words '.repeat(20)}end`,
    '日本語 🙂',
    "it's",
    '"',
    '~',
    '<<',
  ),
  fc.string({ maxLength: 8 }),
);
const scalar = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
const small = fc.letrec<{ any: JsonValue }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(key, tie('any'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).any;
const entry = fc.dictionary(key, small, { maxKeys: 3, noNullPrototype: true });
const jobs = fc
  .uniqueArray(fc.tuple(name, entry), { maxLength: 5, selector: ([one]) => one })
  .map((all): JsonValue => all.map(([is, fields]) => ({ name: is, ...fields })));
const document = fc.record(
  { head: small, jobs, tail: small },
  { requiredKeys: [], noNullPrototype: true },
);

/** A file in one of the styles that there are; in blocks, with comments above and beside lines that end a value. */
const written = fc
  .record({
    value: document,
    style: fc.constantFrom('block', 'wide', 'flow', 'json', 'pretty', 'tabs'),
    comments: fc.boolean(),
    blank: fc.boolean(),
    crlf: fc.boolean(),
    bom: fc.boolean(),
    open: fc.boolean(),
  })
  .map(({ value, style, comments, blank, crlf, bom, open }) => {
    const indent = style === 'pretty' ? 2 : style === 'tabs' ? '\t' : undefined;
    const isJson = style === 'json' || style === 'pretty' || style === 'tabs';
    const options = { indent: style === 'wide' ? 4 : 2, indentSeq: style === 'wide', lineWidth: 0 };
    let source = isJson
      ? `${JSON.stringify(value, null, indent)}\n`
      : stringify(value, { ...options, collectionStyle: style === 'flow' ? 'flow' : 'any' });
    if (comments && (style === 'block' || style === 'wide') && !/[|>][-+0-9]*\n/.test(source)) {
      source = source.replaceAll(
        /^( *)(- name: \w)$/gm,
        `$1# about it\n${blank ? '\n' : ''}$1$2 # beside`,
      );
      source = `# the file\n\n${source}# the end\n`;
    }
    if (open) source = source.replace(/\n$/, '');
    if (crlf && !/[|>][-+0-9]*\n/.test(source)) source = source.replaceAll('\n', '\r\n');
    return bom ? `\uFEFF${source}` : source;
  });

const place: fc.Arbitrary<DocumentPath> = fc.oneof(
  fc.constantFrom<DocumentPath>(['head'], ['tail'], ['new', 'deep'], ['jobs']),
  name.map((is) => ['jobs', { field: 'name', is }]),
  fc.tuple(name, key).map(([is, field]) => ['jobs', { field: 'name', is }, field]),
);
const edit = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(place, small, entry).map(([path, value, fields]): StructuredEdit => {
      const last = path.at(-1);
      const whole =
        typeof last === 'object' ? { ...fields, name: last.is } : last === 'jobs' ? [] : value;
      return { op: 'set', path, value: whole };
    }),
  },
  { weight: 1, arbitrary: place.map((path): StructuredEdit => ({ op: 'remove', path })) },
);

function read(source: string): Structured | null {
  const result = readStructured(new TextEncoder().encode(source), PATH);
  return result.ok ? result.value : null;
}

/** The same edits of the value alone. */
function oracle(value: JsonValue, { path, ...rest }: StructuredEdit): void {
  let now = value as JsonMap;
  const wanted = rest.op === 'set' ? rest.value : undefined;
  for (const [index, step] of path.entries()) {
    const last = index === path.length - 1;
    if (typeof step === 'string') {
      if (last) {
        if (wanted === undefined) delete now[step];
        else
          Object.defineProperty(now, step, {
            value: structuredClone(wanted),
            enumerable: true,
            configurable: true,
            writable: true,
          });
        return;
      }
      const next = path[index + 1];
      if (!Object.hasOwn(now, step) || now[step] === null) {
        if (wanted === undefined) return;
        now[step] = typeof next === 'string' ? {} : [];
      }
      now = now[step] as JsonMap;
      continue;
    }
    const list = now as unknown as JsonMap[];
    const at = list.findIndex((one) => one[step.field] === step.is);
    if (wanted === undefined && at === -1) return;
    if (last && wanted === undefined) list.splice(at, 1);
    if (last && wanted !== undefined)
      list.splice(at === -1 ? list.length : at, 1, structuredClone(wanted) as JsonMap);
    if (last) return;
    if (at === -1) list.push({ [step.field]: step.is });
    now = list.at(at) as JsonMap;
  }
}

/** Keys in any order: an edit of a map leaves them where they are. */
function same(source: string, value: JsonValue): void {
  expect(read(source)?.value).toStrictEqual(value);
}

it('edits give what the same edits of the value give; again, nothing; restored, every byte', () => {
  fc.assert(
    fc.property(written, fc.array(edit, { minLength: 1, maxLength: 3 }), (source, edits) => {
      const before = read(source);
      fc.pre(before !== null);
      if (before === null) return;
      const result = editStructured(before, edits, PATH);
      // Only a path through another type is refused; a proof that fails would be a fault of the edit.
      const codes = result.ok ? [] : result.diagnostics.map(({ code }) => code);
      expect(codes.filter((code) => !['SP2205', 'SP2206', 'SP2210'].includes(code))).toStrictEqual(
        [],
      );
      if (!result.ok) return;
      const wanted = structuredClone(before.value);
      for (const one of edits) oracle(wanted, one);
      same(result.value.text, wanted);
      const [first] = edits;
      const after = read(result.value.text);
      if (edits.length > 1 || first === undefined || after === null) return;
      expect(editStructured(after, [first], PATH)).toStrictEqual({
        ok: true,
        value: { text: result.value.text },
      });
      const { path } = first;
      const restore: StructuredEdit = {
        op: 'restore',
        path,
        before: observeStructured(before, path).before,
      };
      expect(editStructured(after, [restore], PATH)).toStrictEqual({
        ok: true,
        value: { text: source },
      });
    }),
    { numRuns: Number(process.env['RUNS'] ?? 300) },
  );
});
