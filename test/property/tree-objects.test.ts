import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  EMPTY_FOLDER,
  editFolder,
  readListing,
  treeObjects,
} from '../../src/git/objects/tree-objects.ts';
import type { Folder, TreeEdit } from '../../src/git/objects/tree-objects.ts';

/** Names whose order differs as text, as bytes and as directories, and one that is not UTF-8. */
const NAMES = ['a', 'a.b', 'a-b', 'a0', 'ä', 'Z', '\u{10000}', '\uffff'].map((name) =>
  Buffer.from(name, 'utf8').toString('latin1'),
);
const name = fc.constantFrom(...NAMES, '\xff');
const path = fc.array(name, { minLength: 1, maxLength: 3 });
const leaf = fc.option(
  fc.record({
    kind: fc.constant('leaf' as const),
    mode: fc.constantFrom('100644', '100755'),
    id: fc.constantFrom('1'.repeat(40), 'ab'.repeat(20)),
  }),
);
const edits = fc.array(fc.record({ path, leaf }), { maxLength: 12 });

let repository = '';
beforeAll(() => {
  repository = mkdtempSync(join(tmpdir(), 'setpoint-trees-'));
  git(['init', '--quiet', '--bare', repository]);
});
afterAll(() => rmSync(repository, { recursive: true, force: true }));

function git(args: readonly string[], input = '', encoding: BufferEncoding = 'latin1'): string {
  const env = {
    PATH: process.env['PATH'],
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  const options = { env, input: Buffer.from(input, 'latin1'), encoding };
  return execFileSync('git', [...(repository === '' ? [] : ['-C', repository]), ...args], options);
}

/** Its files as `update-index --index-info` reads them. */
function leavesOf(folder: Folder, at: readonly string[] = []): readonly string[] {
  return [...folder.entries].flatMap(([key, node]) =>
    node.kind === 'leaf'
      ? [`${node.mode} ${node.id}\t${[...at, key].join('/')}\0`]
      : leavesOf(node, [...at, key]),
  );
}

/** The tree that git itself writes of the same files. */
function gitTree(folder: Folder): string {
  git(['read-tree', '--empty']);
  git(['update-index', '-z', '--index-info'], leavesOf(folder).join(''));
  return git(['write-tree', '--missing-ok']).trim();
}

/** Edits one after the other on a plain map of paths, as `update-index` makes them. */
function asMap(all: readonly TreeEdit[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const { path: components, leaf: file } of all) {
    const text = components.join('/');
    if (file === null) files.delete(text);
    else files.set(text, `${file.mode} ${file.id}\t${text}\0`);
  }
  return files;
}

function clashes(paths: Iterable<string>): boolean {
  const all = [...paths];
  return all.some((one) => all.some((other) => other.startsWith(`${one}/`)));
}

test('a tree has the id that git gives it', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(edits, (made) => {
      const folder = editFolder(EMPTY_FOLDER, made);
      expect(treeObjects(folder).id).toBe(gitTree(folder));
    }),
    { numRuns: 60 },
  );
});

test('edits of what was listed give the files that they name, and the id of a tree made at once', () => {
  fc.assert(
    fc.property(edits, edits, (first, second) => {
      const wanted = asMap([...first, ...second]);
      fc.pre(!clashes([...asMap(first).keys()]) && !clashes(wanted.keys()));
      const before = editFolder(EMPTY_FOLDER, first);
      const after = editFolder(listed(before), second);
      expect([...leavesOf(after)].sort()).toEqual([...wanted.values()].sort());
      const atOnce = editFolder(EMPTY_FOLDER, [...first, ...second]);
      expect(treeObjects(after).id).toBe(treeObjects(atOnce).id);
    }),
    { numRuns: 1000 },
  );
});

test('only edited directories become new objects', () => {
  const before = editFolder(EMPTY_FOLDER, [
    { path: ['kept', 'deep', 'x'], leaf: leafOf('1'.repeat(40)) },
    { path: ['edited', 'y'], leaf: leafOf('1'.repeat(40)) },
  ]);
  const after = editFolder(listed(before), [
    { path: ['edited', 'y'], leaf: leafOf('2'.repeat(40)) },
  ]);
  expect(treeObjects(after).objects).toHaveLength(2);
  const emptied = editFolder(listed(before), [{ path: ['edited', 'y'], leaf: null }]);
  expect([...emptied.entries.keys()]).toEqual(['kept']);
});

/** `folder` as `git ls-tree -r -t -z` shows it. */
function listed(folder: Folder): Folder {
  const lines = (at: Folder, prefix: string): readonly string[] =>
    [...at.entries].flatMap(([key, node]) =>
      node.kind === 'leaf'
        ? [`${node.mode} blob ${node.id}\t${prefix}${key}\0`]
        : [
            `040000 tree ${treeObjects(node).id}\t${prefix}${key}\0`,
            ...lines(node, `${prefix}${key}/`),
          ],
    );
  return readListing(lines(folder, '').join(''));
}

function leafOf(id: string) {
  return { kind: 'leaf', mode: '100644', id } as const;
}
