import { describe, expect, it } from 'vitest';
import { editStructured } from '../../../src/structured/edit-structured.ts';
import { observeStructured } from '../../../src/structured/observe-structured.ts';
import type { JsonValue } from '../../../src/model/item.ts';
import { readStructured } from '../../../src/structured/read-structured.ts';
import type {
  DocumentPath,
  Structured,
  StructuredEdit,
} from '../../../src/structured/structured.ts';

const PATH = '/srv/jobs.yaml';
const b: DocumentPath = ['jobs', { field: 'name', is: 'b' }];
const c: DocumentPath = ['jobs', { field: 'name', is: 'c' }];

function read(text: string, path = PATH): Structured {
  const source = readStructured(new TextEncoder().encode(text), path);
  if (!source.ok) throw new Error(source.diagnostics.map((one) => one.message).join('; '));
  return source.value;
}

function edited(text: string, edits: readonly StructuredEdit[], path = PATH): string {
  const result = editStructured(read(text, path), edits, path);
  if (!result.ok) return result.diagnostics.map((one) => `${one.code} ${one.message}`).join('; ');
  return result.value.text;
}

interface Row {
  readonly what: string;
  readonly before: string;
  readonly edits: readonly StructuredEdit[];
  readonly after: string;
  readonly path?: string;
}

const set = (path: DocumentPath, value: JsonValue): StructuredEdit => ({ op: 'set', path, value });
const remove = (path: DocumentPath): StructuredEdit => ({ op: 'remove', path });

const ROWS: readonly Row[] = [
  {
    what: 'a scalar keeps its single quotes and the comment beside it',
    before: "a: 1\nb: 'x'   # why\nc: 2\n",
    edits: [set(['b'], 'y')],
    after: "a: 1\nb: 'y'   # why\nc: 2\n",
  },
  {
    what: 'what YAML 1.1 takes for another type is quoted',
    before: 'a: x\nb: x\nc: x\nd: x\ne: x\n',
    edits: [
      set(['a'], 'yes'),
      set(['b'], '012'),
      set(['c'], '12:30'),
      set(['d'], '1_000'),
      set(['e'], '2024-01-01'),
    ],
    after: 'a: "yes"\nb: "012"\nc: "12:30"\nd: "1_000"\ne: "2024-01-01"\n',
  },
  {
    what: 'a text with a star, which YAML takes for an alias, is quoted',
    before: 'a: x\n',
    edits: [set(['a'], '*/5 * * * *')],
    after: 'a: "*/5 * * * *"\n',
  },
  {
    what: 'no value becomes one',
    before: 'a:\nb: # none\nc: ~\n',
    edits: [set(['a'], 1), set(['b'], 'x'), set(['c'], true)],
    after: 'a: 1\nb: x # none\nc: true\n',
  },
  {
    what: 'a map is edited field by field',
    before: 'm:\n  # one\n  a: 1 # first\n  b: "x"\n  # gone\n  c: 3 # third\nz: 1\n',
    edits: [set(['m'], { a: 1, b: 'y', d: 4 })],
    after: 'm:\n  # one\n  a: 1 # first\n  b: "y"\n  d: 4\nz: 1\n',
  },
  {
    what: 'a list keeps what is the same at both ends',
    before: 'l:\n  - a # 1\n  - b # 2\n  - d # 4\n',
    edits: [set(['l'], ['a', 'x', 'w', 'd'])],
    after: 'l:\n  - a # 1\n  - x # 2\n  - w\n  - d # 4\n',
  },
  {
    what: 'a key is added at the end of its map, before foreign comments',
    before: 'm:\n  a: 1\n# end of m\nz: 1\n',
    edits: [set(['m', 'b'], 'x')],
    after: 'm:\n  a: 1\n  b: x\n# end of m\nz: 1\n',
  },
  {
    what: 'an entry follows the ones before: indentation, quotes, brackets',
    before: 'jobs:\n- name: \'a\'\n  tags: [x, y]\n  params: {k: 1}\n  at: "0 3 * * *"\nz: 1\n',
    edits: [set(b, { name: 'b', tags: ['q'], params: { k: 2 }, at: '5 4 * * *' })],
    after:
      'jobs:\n- name: \'a\'\n  tags: [x, y]\n  params: {k: 1}\n  at: "0 3 * * *"\n- name: \'b\'\n  tags: [q]\n  params: {k: 2}\n  at: "5 4 * * *"\nz: 1\n',
  },
  {
    what: 'entries that are divided by blank lines stay so',
    before: 'jobs:\n  - name: a\n\n  - name: x\n\nz: 1\n',
    edits: [set(b, { name: 'b' }), set(c, { name: 'c' })],
    after: 'jobs:\n  - name: a\n\n  - name: x\n\n  - name: b\n\n  - name: c\n\nz: 1\n',
  },
  {
    what: 'no blank line is put behind a block that would take it for its own',
    before: 'jobs:\n  - name: a\n\n  - name: x\n    at: |+\n      kept\n\n',
    edits: [set(b, { name: 'b' })],
    after: 'jobs:\n  - name: a\n\n  - name: x\n    at: |+\n      kept\n\n  - name: b\n',
  },
  {
    what: 'an empty list becomes lines',
    before: 'jobs: [] # none yet\nz: 1\n',
    edits: [set(b, { name: 'b', deep: { list: ['x'] } })],
    after: 'jobs: # none yet\n  - name: b\n    deep:\n      list:\n        - x\nz: 1\n',
  },
  {
    what: 'absent parents are made',
    before: '# jobs of ops\nz: 1\n',
    edits: [set(['x', 'jobs', { field: 'name', is: 'b' }, 'live'], true)],
    after: '# jobs of ops\nz: 1\nx:\n  jobs:\n    - name: b\n      live: true\n',
  },
  {
    what: 'an empty file gets its first key; so does one of comments',
    before: '# only this\n',
    edits: [set(['a'], { b: 1 })],
    after: '# only this\na:\n  b: 1\n',
  },
  {
    what: 'an entry goes with its comments; foreign ones stay',
    before:
      'jobs:\n  - name: a\n# foreign\n\n  # about b\n  - name: b # beside\n    # below\n  # about c\n  - name: c\n',
    edits: [remove(b)],
    after: 'jobs:\n  - name: a\n# foreign\n  # about c\n  - name: c\n',
  },
  {
    what: 'the first key behind a dash goes',
    before: 'l:\n  - name: a\n    at: 1\n',
    edits: [remove(['l', { field: 'at', is: '1' }, 'name'])],
    after: 'l:\n  - at: 1\n',
  },
  {
    what: 'an emptied list is written as one',
    before: 'jobs: # all\n  # the only one\n  - name: b\nz: 1\n',
    edits: [remove(b)],
    after: 'jobs: [] # all\nz: 1\n',
  },
  {
    what: 'an emptied document is written as one',
    before: '# head\n---\na: 1\n# end\n',
    edits: [remove(['a'])],
    after: '# head\n---\n{}\n# end\n',
  },
  {
    what: 'a block scalar stays one',
    before: 'a: |\n  one\n  two\nb: 1\n',
    edits: [set(['a'], 'three\nfour\n')],
    after: 'a: |\n  three\n  four\nb: 1\n',
  },
  {
    what: 'Windows line ends, no last one, a byte-order mark',
    before: '\uFEFFjobs:\r\n  - name: a\r\n    at: 1',
    edits: [set(b, { name: 'b', at: 2 })],
    after: '\uFEFFjobs:\r\n  - name: a\r\n    at: 1\r\n  - name: b\r\n    at: 2',
  },
  {
    what: 'JSON on several lines',
    before: '{\n\t"jobs": [\n\t\t{\n\t\t\t"name": "a"\n\t\t}\n\t],\n\t"z": 1\n}\n',
    edits: [set(b, { name: 'b', tags: ['x'] }), set(['z'], 2), set(['new'], {})],
    after:
      '{\n\t"jobs": [\n\t\t{\n\t\t\t"name": "a"\n\t\t},\n\t\t{\n\t\t\t"name": "b",\n\t\t\t"tags": [\n\t\t\t\t"x"\n\t\t\t]\n\t\t}\n\t],\n\t"z": 2,\n\t"new": {}\n}\n',
  },
  {
    what: 'JSON on one line',
    before: '{"jobs":[{"name":"a","at":[1,2]}],"z":1}',
    edits: [set(b, { name: 'b', at: [3] }), set(['z'], 'é')],
    after: '{"jobs":[{"name":"a","at":[1,2]},{"name":"b","at":[3]}],"z":"é"}',
  },
  {
    what: 'JSON that holds nothing yet',
    before: '{}\n',
    edits: [set(b, { name: 'b' })],
    after: '{\n  "jobs": [\n    {\n      "name": "b"\n    }\n  ]\n}\n',
    path: '/srv/jobs.json',
  },
  {
    what: 'an empty list in JSON on several lines',
    before: '{\n  "jobs": []\n}\n',
    edits: [set(b, { name: 'b' }), set(c, { name: 'c' })],
    after:
      '{\n  "jobs": [\n    {\n      "name": "b"\n    },\n    {\n      "name": "c"\n    }\n  ]\n}\n',
  },
  {
    what: 'entries between brackets go with their commas',
    before: 'l: [a, b , {name: c}, d]\n',
    edits: [set(['l'], ['b', 'd'])],
    after: 'l: [b, d]\n',
  },
  {
    what: 'a scalar becomes a map and a map a scalar',
    before: 'a: 1 # x\nb:\n  c: 1\nd: 2\n',
    edits: [set(['a'], { x: 1 }), set(['b'], 'text')],
    after: 'a:\n  x: 1\nb: text\nd: 2\n',
  },
];

describe('edits of a text by path', () => {
  it.each(ROWS)('$what', ({ before, edits, after, path }) => {
    expect(edited(before, edits, path)).toBe(after);
    expect(edited(after, edits, path), 'again').toBe(after);
    const source = read(before, path);
    const back = edits.map((edit): StructuredEdit => {
      const { before: record } = observeStructured(source, edit.path);
      return { op: 'restore', path: edit.path, before: record };
    });
    expect(edited(after, back, path), 'restored').toBe(before);
  });
});

const by = (id: string): DocumentPath => ['jobs', { field: 'id', is: id }, 'x'];

it('an entry that has got another name is found by that one, whatever field it was looked up by before', () => {
  const edits = [set(by('one'), 1), set(b, { name: 'b', id: 'two' }), set(by('two'), 2)];
  expect(edited('jobs:\n  - name: b\n    id: one\n', edits)).toBe(
    'jobs:\n  - name: b\n    id: two\n    x: 2\n',
  );
});
