import { beforeEach, describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../src/model/item.ts';
import { readDocument } from '../../../src/operations/read-document.ts';
import { writeDocument } from '../../../src/operations/write-document.ts';
import { libraryHost, refusal, type LibraryHost } from './library-session.ts';

const PATH = '/etc/app/jobs.yaml';

let host: LibraryHost;
beforeEach(async () => {
  host = await libraryHost();
});

/** Reads, changes and writes, as a program does that knows nothing of YAML. */
async function change(text: string, by: (data: never) => unknown): Promise<unknown> {
  host.write(PATH, text);
  const { data, version } = await readDocument(host.session, PATH);
  return writeDocument(host.session, PATH, by(data as never) as JsonValue, { ifVersion: version });
}

/** At what is shared, or in the map with the merge key. */
function besideIt(data: { b?: unknown[]; z?: object }): unknown {
  return data.z === undefined
    ? { ...data, b: [...(data.b ?? []), 2] }
    : { ...data, z: { ...data.z, w: 3 } };
}

function moved(data: { list: unknown[] }): unknown {
  return { list: [9, data.list[0], data.list[1]] };
}

const BESIDE_MERGE = `base: &base
  q: 1
z:
  <<: *base
  w: 2
`;

describe('a write that leads beside what data does not tell', () => {
  it.each([
    ['a merge key', BESIDE_MERGE, 'the merge key <<', 4],
    ['infinity', 'a: &a [1]\nb: *a\nlimit: .inf\n', 'a value that JSON does not have', 3],
    ['no number', 'a: &a [1]\nb: *a\nlimit: .nan\n', 'a value that JSON does not have', 3],
    ['bytes', 'a: &a [1]\nb: *a\nlogo: !!binary aGk=\n', 'the tag', 3],
    ['a secret of another program', 'a: &a [1]\nb: *a\nt: !secret x\n', 'the tag !secret', 3],
    ['a tag at an anchor', 'a: &a !set [1]\nb: *a\n', 'the tag !set', 1],
    ['a key that is a list', 'a: &a [1]\nb: *a\n? [1, 2]\n: c\n', 'a key that is no text', 1],
  ])('is refused with its place: %s', async (_name, text, what, line) => {
    const error = await refusal(change(text, besideIt));
    expect(error.exitCode).toBe(65);
    expect(error.diagnostics[0]).toMatchObject({ code: 'SP2330', at: { line } });
    expect(error.diagnostics[0]?.message).toContain(`would lose ${what}`);
    expect(host.read(PATH)).toBe(text);
  });

  it('goes on beside it where an edit does', async () => {
    await change(`${BESIDE_MERGE}last: 1\n`, (data: { last: number }) => ({ ...data, last: 2 }));
    expect(host.read(PATH)).toBe(`${BESIDE_MERGE}last: 2\n`);
  });

  it('is made anew where only an anchor is shared, which its value tells', async () => {
    const done = await change('a: &a [1]\nb: *a\n', (data: { b: unknown[] }) => ({
      ...data,
      b: [...data.b, 2],
    }));
    expect(done).toMatchObject({ changed: true, rewritten: true });
  });
});

describe('a number with more digits than JavaScript holds', () => {
  const ID = '12345678901234567890';

  it('stays as it is written where something else changes', async () => {
    await change(`id: ${ID}\na: 1\n`, (data: object) => ({ ...data, a: 2 }));
    expect(host.read(PATH)).toBe(`id: ${ID}\na: 2\n`);
  });

  it.each([
    ['in a text made anew', `id: ${ID}\na: &a [1]\nb: *a\n`],
    ['of a decimal', 'id: 0.12345678901234567890\na: &a [1]\nb: *a\n'],
    ['in hexadecimal', 'id: 0xFFFFFFFFFFFFFFFF\na: &a [1]\nb: *a\n'],
  ])('is never rounded %s', async (_name, text) => {
    const error = await refusal(change(text, (data: object) => ({ ...data, b: [3] })));
    expect(error.diagnostics).toMatchObject([{ code: 'SP2330', at: { line: 1, column: 5 } }]);
    expect(host.read(PATH)).toBe(text);
  });

  it('is never rounded when its entry moves', async () => {
    const text = `list:\n  - [1, a]\n  - [${ID}, b]\n  - [2, c]\n`;
    expect((await refusal(change(text, moved))).diagnostics).toMatchObject([{ code: 'SP2330' }]);
    expect(host.read(PATH)).toBe(text);
  });

  it('may be taken away', async () => {
    await change(`id: ${ID}\na: 1\n`, () => ({ a: 1 }));
    expect(host.read(PATH)).toBe('a: 1\n');
  });
});

it('writes 0 for -0, as JSON does, with an edit of its own place', async () => {
  await change('# keep me\na: 1  # one\n', () => ({ a: -0 }));
  expect(host.read(PATH)).toBe('# keep me\na: 0  # one\n');
});
