import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gitCommand } from '../../../../src/git/git-command.ts';
import { filesIn, walkCommit } from '../../../../src/git/objects/commit-walk.ts';
import { answerReader } from '../../../../src/git/objects/object-answers.ts';
import { readListing } from '../../../../src/git/objects/tree-objects.ts';
import type { CommitId } from '../../../../src/model/brand.ts';
import { plainGit, scratchDirectory } from '../scratch.ts';

const SUBMODULE = '1'.repeat(40);

/** Commits what there is and these entries: mode, id and name. The objects need not be there. */
function addTo(dir: string, entries: readonly string[]): CommitId {
  for (const entry of entries) plainGit(dir, 'update-index', '--add', '--cacheinfo', entry);
  const tree = plainGit(dir, 'write-tree', '--missing-ok').trim();
  return plainGit(dir, 'commit-tree', '-m', 'one', tree).trim() as CommitId;
}

function commitOf(entries: readonly string[]) {
  const dir = scratchDirectory();
  plainGit(dir, 'init', '--quiet');
  const commit = addTo(dir, entries);
  const gitDir = join(dir, '.git');
  return { dir, commit, git: gitCommand({ gitDir, cwd: dir }) };
}

function blobIn(dir: string, content: Uint8Array | string): string {
  writeFileSync(join(dir, 'content'), content);
  return plainGit(dir, 'hash-object', '-w', 'content').trim();
}

test('a walk gives the tree that `ls-tree` lists, and the wanted contents byte for byte', async () => {
  const big = Buffer.alloc(300_000, 'x\n\0');
  const { dir, git } = commitOf([]);
  const [one, two] = [blobIn(dir, big), blobIn(dir, '')];
  const entries = [`a/b/c`, 'a/b.c', 'ä/b', 'z'].map((name) => `100644,${one},${name}`);
  const commit = addTo(dir, [...entries, `100755,${two},a/x`, `160000,${SUBMODULE},a/sub`]);

  const walked = await walkCommit(git, commit, (name) => name.startsWith('a/'));
  const { stdout } = await git(['ls-tree', '-r', '-t', '-z', '--full-tree', commit]);
  expect(walked?.folder).toEqual(readListing(stdout.toString('latin1')));
  expect(walked?.text).toBe(plainGit(dir, 'cat-file', 'commit', commit));
  expect([...(walked?.blobs ?? [])].map(([id, bytes]) => [id, bytes.length])).toEqual([
    [one, big.length],
    [two, 0],
  ]);
  expect(walked?.blobs.get(one)?.equals(big)).toBe(true);
  const listed = plainGit(dir, 'ls-tree', '-r', '-z', '--name-only', commit).split('\0');
  expect(filesIn(walked?.folder ?? readListing('')).map(({ name }) => name)).toEqual(
    listed
      .filter((name) => name !== 'a/sub' && name !== '')
      .map((name) => Buffer.from(name).toString('latin1')),
  );
});

test('what is not there, or is no commit, is no walk: git is left to say why', async () => {
  const { dir, commit, git } = commitOf([`100644,${SUBMODULE},a`]);
  expect(await walkCommit(git, commit, () => true)).toBeNull();
  expect(await walkCommit(git, commit, () => false)).not.toBeNull();
  expect(await walkCommit(git, SUBMODULE as CommitId, () => false)).toBeNull();
  const tree = plainGit(dir, 'rev-parse', `${commit}^{tree}`).trim() as CommitId;
  expect(await walkCommit(git, tree, () => false)).toBeNull();
});

test('answers are the same however they arrive', () => {
  const id = 'a'.repeat(40);
  const output = Buffer.from(`${id} blob 3\na\nb\n${id} missing\n${id} tree 0\n\n`);
  const told = (size: number): readonly unknown[] => {
    const read = answerReader();
    const pieces = Array.from({ length: Math.ceil(output.length / size) }, (_, i) =>
      read(output.subarray(i * size, (i + 1) * size)),
    );
    return pieces
      .flat()
      .map((answer) => (answer === null ? null : [answer.type, answer.bytes.toString()]));
  };
  for (const size of [1, 7, 1000])
    expect(told(size)).toEqual([['blob', 'a\nb'], null, ['tree', '']]);
});
