import { expect, test } from 'vitest';

import { blameView } from '../../../../src/cli/views/blame-view.ts';
import type { BlamedItem, BlameResult, ReleasedItem } from '../../../../src/operations/results.ts';

const OPTIONS = { color: false, width: Number.POSITIVE_INFINITY, verbose: false };
const MANIFEST = '/etc/kubernetes/manifests/kube-apiserver.yaml';

function by(n: number) {
  return {
    run: `01K2Y3RUN000000000000000${n}A`,
    commit: 'c0ffee'.padEnd(40, '0'),
    at: `2025-11-2${n}T10:00:09.000Z`,
    actor: 'alice',
    plan: 'audit-log',
    planCommit: '1a2b3c4d5e6f'.padEnd(40, '0'),
  };
}

function item(label: string, more: object): BlamedItem {
  const owner = { workspace: 'prod', plan: 'audit-log', resource: 'apiserver' };
  const base = {
    path: MANIFEST,
    key: label,
    label,
    owner,
    value: 'true',
    origin: 'set',
    by: by(1),
  };
  return { ...base, ...more } as unknown as BlamedItem;
}

function result(items: readonly BlamedItem[], released: readonly ReleasedItem[] = []): BlameResult {
  return { host: 'cp-1' as never, items, released };
}

test('items stand by file, with value, value before and run', async () => {
  const unknown = {
    run: by(3).run,
    commit: null,
    at: null,
    actor: null,
    plan: null,
    planCommit: null,
  };
  const items = [
    item('--a', { before: null }),
    item('--b', { value: null, before: 'x\u001b[31m', by: by(2) }),
    item('--c', { origin: 'adopted', before: 'true' }),
    item('--d', { origin: 'moved', movedFrom: 'old', before: 'true', earlier: by(2) }),
    item('--e', { origin: 'recorded', before: 'true', earlier: by(2) }),
    item('--f', { by: unknown }),
    item('content', { path: '/etc/a', value: 'a'.repeat(64), before: 'b'.repeat(64) }),
  ];
  await expect(`${blameView(result(items), OPTIONS)}\n`).toMatchFileSnapshot('golden/blame.txt');
});

test('a terminal cuts long values, a pipe does not', () => {
  const long = `/${'x'.repeat(60)}/end`;
  const items = [item('--a', { value: long, before: null })];
  expect(blameView(result(items), OPTIONS)).toContain(long);
  expect(blameView(result(items), { ...OPTIONS, width: 80 })).toMatch(/ \/x{15}…x+\/end /);
});

test('what was released says so, and what moved where to', () => {
  const { origin: _origin, ...gone } = item('--a', {});
  const released = [gone, { ...gone, label: '--b', movedTo: 'tls' }] as unknown as ReleasedItem[];
  const options = { ...OPTIONS, repeatedFlags: ['--root', '/srv'] };
  const lines = blameView(result([], released), options).split('\n');
  expect(lines[0]).toBe(`${MANIFEST}  released`);
  expect(lines[3]).toMatch(/ {2}--b .* moved to tls$/);
  expect(lines.at(-1)).toBe(
    '2 items, no longer owned. Next: setpoint history show RUN --root /srv',
  );
});
