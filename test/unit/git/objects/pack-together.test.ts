import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CommitId, HostPath } from '../../../../src/model/brand.ts';
import { plainGit, scratchDirectory } from '../scratch.ts';
import { HOST, bytes, change, commitSpec, newState } from '../state-samples.ts';

function packs(dir: string): readonly string[] {
  return readdirSync(join(dir, 'objects/pack')).filter((name) => name.endsWith('.pack'));
}

test('fifty packs are left alone; more become one, with every commit and the trees that no commit has yet', async () => {
  const state = newState();
  let head: CommitId | null = null;
  for (let i = 0; i < 50; i += 1) {
    const spec = commitSpec(await state.prepare(head, change(`/etc/${String(i)}`)), head);
    head = await state.writeCommit(spec);
  }
  if (head !== null) await state.advance(head, null);
  expect([packs(state.dir).length, await state.packTogether()]).toEqual([50, false]);
  const open = await state.prepareRun(head, {
    kept: change('/etc/kept'),
    held: change('/etc/held'),
  });
  expect([packs(state.dir).length, await state.packTogether()]).toEqual([51, true]);

  expect(packs(state.dir)).toHaveLength(1);
  expect(readdirSync(join(state.dir, 'objects')).filter((name) => name.length === 2)).toEqual([]);
  expect(plainGit(state.dir, 'fsck', '--full', '--strict', '--no-dangling')).toBe('');
  expect(plainGit(state.dir, 'rev-list', '--count', `setpoint/${HOST}`).trim()).toBe('50');
  expect(await state.copyOf('/etc/kept' as HostPath, open.kept as CommitId)).toEqual(
    Buffer.from(bytes('a\n')),
  );
  expect((await state.loadAt(open.held as CommitId)).files.has('/etc/held' as HostPath)).toBe(true);
  expect(open.unchanged).toBe(plainGit(state.dir, 'rev-parse', `${String(head)}^{tree}`).trim());
});

test('without a repository there is nothing to put together', async () => {
  expect(await newState({ stateDir: scratchDirectory() }).packTogether()).toBe(false);
});

test('objects that a killed git was making go with its locks, and the next run prepares its own', async () => {
  const state = newState();
  await state.prepare(null, change('/etc/a'));
  const scratch = join(state.dir, 'objects/tmp_objdir-setpoint');
  mkdirSync(join(scratch, 'pack'), { recursive: true });
  writeFileSync(join(scratch, 'pack/tmp_pack_x'), 'half of a pack');
  await state.clearStaleLocks();
  expect(existsSync(scratch)).toBe(false);
  mkdirSync(join(scratch, 'pack'), { recursive: true });
  writeFileSync(join(scratch, 'pack/pack-x.idx'), 'half of an index');
  expect(await state.prepare(null, change('/etc/b'))).toMatch(/^[0-9a-f]{40}$/);
  expect(existsSync(scratch)).toBe(false);
});
