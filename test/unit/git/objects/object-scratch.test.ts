import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gitCommand } from '../../../../src/git/git-command.ts';
import { blobObject, objectId } from '../../../../src/git/objects/object-pack.ts';
import type { GitObject } from '../../../../src/git/objects/object-pack.ts';
import { storeObjects } from '../../../../src/git/objects/object-scratch.ts';
import { plainGit, scratchDirectory } from '../scratch.ts';

function repository() {
  const dir = scratchDirectory();
  plainGit(dir, 'init', '--quiet', '--bare', '.');
  return { dir, git: gitCommand({ gitDir: dir, cwd: dir, searchPath: process.env['PATH'] }) };
}

function treeOf(name: string, id: string): GitObject {
  const entry = Buffer.concat([Buffer.from(`100644 ${name}\0`), Buffer.from(id, 'hex')]);
  return { type: 'tree', id: objectId('tree', entry), bytes: entry };
}

test('objects are in the repository as one pack, and the scratch is gone', async () => {
  const { dir, git } = repository();
  const blob = blobObject(Buffer.from('content\n'));
  const tree = treeOf('file', blob.id);
  await storeObjects(git, dir, [blob, tree]);
  await storeObjects(git, dir, [blob, tree]);
  expect(plainGit(dir, 'cat-file', '-p', tree.id)).toBe(`100644 blob ${blob.id}\tfile\n`);
  expect(
    readdirSync(join(dir, 'objects/pack')).filter((name) => name.endsWith('.pack')),
  ).toHaveLength(1);
  expect(existsSync(join(dir, 'objects/tmp_objdir-setpoint'))).toBe(false);
});

test.each([
  ['names an object that is not there', treeOf('file', 'ab'.repeat(20))],
  ['has a name that git refuses', treeOf('..', blobObject(Buffer.from('x')).id)],
])('a tree that %s is refused and leaves nothing', async (_, tree) => {
  const { dir, git } = repository();
  const stored = storeObjects(git, dir, [blobObject(Buffer.from('x')), tree]);
  await expect(stored).rejects.toMatchObject({ diagnostics: [{ code: 'SP5002' }] });
  expect(readdirSync(join(dir, 'objects/pack'))).toEqual([]);
  expect(existsSync(join(dir, 'objects/tmp_objdir-setpoint'))).toBe(false);
});
