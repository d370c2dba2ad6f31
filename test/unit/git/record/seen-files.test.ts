import { expect, test } from 'vitest';
import type { HostPath, WorkspaceName } from '../../../../src/model/brand.ts';
import { sha256 } from '../../../../src/model/canonical-json.ts';
import type { SeenFile } from '../../../../src/model/recorded-state.ts';
import type { SeenFileChange } from '../../../../src/model/state-change.ts';
import { bytes, commitChange, fileChange, newState } from '../state-samples.ts';

function seen(name: string, text: string | null): SeenFileChange {
  const declared = name as HostPath;
  const copy = text === null ? null : bytes(text);
  const state =
    copy === null ? null : { sha256: sha256(copy), size: copy.length, mode: 0o600, uid: 0, gid: 0 };
  const workspaces = ['fleet' as WorkspaceName];
  const record: SeenFile = {
    formatVersion: 1,
    declared,
    path: declared,
    linkText: null,
    state,
    workspaces,
  };
  return { declared, seen: record, copy };
}

function texts(copies: ReadonlyMap<HostPath, Uint8Array>): Readonly<Record<string, string>> {
  const entries = [...copies].map(([name, copy]) => [name, Buffer.from(copy).toString()]);
  return Object.fromEntries(entries) as Record<string, string>;
}

test('what was seen is kept beside what is managed, by any name, and is loaded with its content', async () => {
  const state = newState();
  expect(await state.seen()).toEqual({ files: new Map(), copies: new Map() });
  const changes = [
    seen('/a', 'a'),
    seen('/a/b.json', 'b'),
    seen('/.git/x', 'x'),
    seen('/gone', null),
  ];
  await commitChange(state, {
    files: [fileChange('/m', 'm')],
    plans: [],
    seen: changes,
  });
  const { files, copies } = await state.seen();
  expect([...files.values()]).toEqual(expect.arrayContaining(changes.map((one) => one.seen)));
  expect(texts(copies)).toEqual({ '/a': 'a', '/a/b.json': 'b', '/.git/x': 'x' });
  expect([...(await state.load()).files.keys()]).toEqual(['/m']);
});

test('what is managed from now on is dropped in the same commit, by its path and by the name that leads to it', async () => {
  const state = newState();
  const first = {
    files: [],
    plans: [],
    seen: [seen('/a', 'a'), seen('/name', 'n'), seen('/b', 'b')],
  };
  const head = await commitChange(state, first);
  const link = fileChange('/real', 'n');
  const named = link.managed && {
    ...link,
    managed: { ...link.managed, declared: '/name' as HostPath },
  };
  const files = [fileChange('/a', 'new'), ...(named === null ? [] : [named])];
  await commitChange(state, { files, plans: [] }, head);
  expect(texts((await state.seen()).copies)).toEqual({ '/b': 'b' });
  expect([...(await state.seen()).files.keys()]).toEqual(['/b']);
  expect(texts((await state.seen(head)).copies)).toEqual({ '/a': 'a', '/name': 'n', '/b': 'b' });
});

test('a record of something seen that is damaged is refused', async () => {
  const state = newState();
  const wrong = seen('/a', 'a');
  const record = { ...wrong.seen, path: 'no path' } as unknown as SeenFile;
  await commitChange(state, { files: [], plans: [], seen: [{ ...wrong, seen: record }] });
  await expect(state.seen()).rejects.toMatchObject({ diagnostics: [{ code: 'SP5011' }] });
});
