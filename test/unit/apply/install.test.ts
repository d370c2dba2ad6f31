import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Conflict } from '../../../src/apply/files/conflict.ts';
import { installFiles, linkNew } from '../../../src/apply/files/install.ts';
import type { JournalFile } from '../../../src/apply/journal/journal.ts';
import { readLive, standing } from '../../../src/apply/files/live-file.ts';
import { restoreFiles } from '../../../src/apply/files/restore.ts';
import { stateOfFile } from './run-rig.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'setpoint-install-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function put(name: string, text: string): string {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
}

/** A staged replacement of `target`, whose kept old inode is `old`. */
function replacement(): JournalFile {
  const target = put('target', 'old\n');
  const live = readLive(target);
  const newPath = put('new', 'new\n');
  return {
    path: '/target',
    realPath: target,
    before: stateOfFile(target),
    after: stateOfFile(newPath),
    oldInode: live.kind === 'file' ? live.inode : null,
    newInode: null,
    stageDirectory: dir,
    oldPath: join(dir, 'old'),
    newPath,
  } as unknown as JournalFile;
}

test('a new name never replaces a file that appeared this moment', () => {
  const [from, to] = [put('from', 'ours\n'), put('to', 'foreign\n')];
  expect(() => linkNew(from, to, '/to')).toThrow(Conflict);
  expect(readFileSync(to, 'utf8')).toBe('foreign\n');
});

test('installing twice is installing once', async () => {
  const file = replacement();
  await installFiles([file]);
  await installFiles([file]);
  expect(readFileSync(file.realPath, 'utf8')).toBe('new\n');
});

test('the same content in another inode is a conflict: somebody wrote the file anew', async () => {
  const file = replacement();
  // Written while the old one is there: a number that is free could be given again.
  put('other', 'old\n');
  renameSync(join(dir, 'other'), file.realPath);
  await expect(installFiles([file])).rejects.toThrow(Conflict);
});

test('one file that cannot be restored does not keep the others', async () => {
  const file = replacement();
  const created = {
    ...file,
    path: '/b',
    realPath: join(dir, 'b'),
    before: null,
    oldPath: null,
  } as JournalFile;
  put('b', 'new\n');
  put('target', 'foreign\n');
  rmSync(file.newPath ?? '');
  const failures = await restoreFiles([created, file], () => {});
  expect(failures.map((failure) => failure.file.path)).toEqual(['/target']);
  expect(stateOfFile(created.realPath)).toBeNull();
});

test('when only permissions change they decide which state a file is in', () => {
  const file = replacement();
  const before = file.before === null ? null : { ...file.before, mode: 0o600 };
  const after = file.before === null ? null : { ...file.before, mode: 0o644 };
  const at = (mode: number) => {
    const live = readLive(file.realPath);
    if (live.kind !== 'file') throw new Error('the file is there');
    return standing({ ...live, state: { ...live.state, mode } }, { before, after });
  };
  expect([at(0o600), at(0o644), at(0o640)]).toEqual(['before', 'after', 'foreign']);
});

test('a symlink or directory in the place of a file is foreign, and nothing is followed', () => {
  const file = replacement();
  expect(readLive(dir).kind).toBe('other');
  expect(standing({ kind: 'other' }, file)).toBe('foreign');
});

test('a device with another number, as after a reboot, has the same files', async () => {
  const file = replacement();
  const { ino, dev } = file.oldInode ?? { ino: 0, dev: 0 };
  await installFiles([{ ...file, oldInode: { ino, dev: dev + 1 } }]);
  expect(readFileSync(file.realPath, 'utf8')).toBe('new\n');
});
