import { expect, it } from 'vitest';
import {
  filesWritten,
  uncommittedEdit,
  workspaceValues,
} from '../../../../src/plan/adopting/uncommitted-edit.ts';

const PLAN = 'plans/p.yaml';
const SOURCE = 'files/a.conf';

interface Given {
  readonly source?: string | null;
  readonly state?: 'drifted' | 'both';
  readonly live?: string | null;
  readonly dirty?: readonly string[] | null;
}

function found({ source = SOURCE, state = 'drifted', live = 'x', dirty = [] }: Given) {
  const at = { path: '/etc/a', item: { key: 'content' }, plan: 'p', resource: 'r' };
  const one = { file: { path: '/etc/a' }, item: { key: 'content', label: 'content', state, live } };
  const spec = { kind: 'file', source };
  const plan = { name: 'p', file: PLAN, resources: [{ id: 'r', spec }] };
  const values = workspaceValues([plan] as never, [at, { ...at, path: '/etc/b' }] as never);
  const tree = (dirty === null ? null : new Set(dirty)) as never;
  return {
    files: filesWritten({ path: '/etc/a', ...one.item } as never, values).map(({ path }) => path),
    lost: uncommittedEdit(one as never, values, tree)?.message.split(' ')[0] ?? null,
  };
}

it.each<[string, Given, string, string | null]>([
  ['a clean source', { state: 'both', dirty: [PLAN] }, SOURCE, null],
  ['a source with changes', { dirty: [SOURCE] }, SOURCE, SOURCE],
  ['a source of a file that is gone stays', { live: null, dirty: [SOURCE] }, PLAN, null],
  ['a plan file with changes elsewhere', { source: null, dirty: [PLAN] }, PLAN, null],
  ['an edited value', { source: null, state: 'both', dirty: [PLAN] }, PLAN, PLAN],
  ['an edited value that is committed', { source: null, state: 'both' }, PLAN, null],
  ['without git: as it was applied', { dirty: null }, SOURCE, null],
  ['without git: edited since', { state: 'both', dirty: null }, SOURCE, SOURCE],
])('%s', (_title, given, file, lost) => {
  expect(found(given)).toEqual({ files: [file], lost });
});

it('ten thousand items are looked up, not searched for', () => {
  let reads = 0;
  const paths = Array.from({ length: 10_000 }, (_none, at) => `/etc/${String(at)}`);
  const declared = paths.map((path) => ({
    get path() {
      reads += 1;
      return path;
    },
    item: { key: 'content' },
    plan: 'p',
    resource: 'r',
  }));
  const spec = { kind: 'file', source: SOURCE };
  const plan = { name: 'p', file: PLAN, resources: [{ id: 'r', spec }] };
  const values = workspaceValues([plan] as never, declared as never);
  const item = { key: 'content', live: 'x' };
  const found = paths.flatMap((path) => filesWritten({ path, ...item } as never, values));
  expect(found).toHaveLength(paths.length);
  expect(reads).toBeLessThan(10 * paths.length);
});
