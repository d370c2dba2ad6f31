import { expect, it } from 'vitest';
import type { WorkspacePath } from '../../../../src/model/brand.ts';
import { shownChanges } from '../../../../src/operations/adopting/shown-changes.ts';

const KEY = ['-----BEGIN', 'PRIVATE', 'KEY-----\n'].join(' ');

function change(path: string, before: string, after: string) {
  const bytes = [before, after].map((text) => Buffer.from(text));
  return { path: path as WorkspacePath, before: bytes[0] ?? KEY, after: bytes[1] ?? KEY } as never;
}

it('of a workspace file with a secret, or with content that has no copies, only the name is shown', async () => {
  const changes = [
    change('a', 'mode: 1\n', 'mode: 2\n'),
    change('b', KEY, 'x\n'),
    change('c', 'x\n', KEY),
    change('d', 'word: hunter2\nmode: 1\n', 'word: hunter2\nmode: 2\n'),
  ];
  const shown = await shownChanges(changes, new Set(['d']));
  expect(shown[0]?.diff).toContain('+mode: 2');
  expect(shown.slice(1).map(({ diff }) => diff)).toEqual(
    ['b', 'c', 'd'].map((path) => `${path} differs: content not shown\n`),
  );
});
