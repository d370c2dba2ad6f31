import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { loadNative } from '../../../src/host/native.ts';
import { sha256 } from '../../../src/model/canonical-json.ts';
import { transaction, type FileRequest } from '../../../src/operations/transaction.ts';
import { mount, mountProblem } from '../host/privileges.ts';
import { libraryHost, refusal, type LibraryHost } from './library-session.ts';

const A = '/etc/app/a.conf';
const B = '/etc/app/b.conf';
const C = '/etc/app/c.conf';
const hash = (text: string): string => sha256(Buffer.from(text));
const isRoot = process.geteuid?.() === 0;

let host: LibraryHost;
beforeEach(async () => {
  host = await libraryHost();
  host.write(A, 'old a\n', 0o640);
  host.write(B, 'old b\n');
});

const transact = (...changes: FileRequest[]): ReturnType<typeof transaction> =>
  transaction(host.session, changes);
const stateDir = (): string => host.session.host.stateDir;
const journals = (): string[] => {
  const directory = join(stateDir(), 'journal');
  return existsSync(directory) ? readdirSync(directory) : [];
};

describe('one change', () => {
  test('is written under the lock of its path alone: no journal, no run lock, no record', async () => {
    const result = await transact({ replace: A, content: 'new a\n', expected: hash('old a\n') });
    expect(result).toMatchObject({ run: null, pending: null, problems: [] });
    expect(result.files[0]).toMatchObject({ path: A, after: { sha256: hash('new a\n') } });
    expect(statSync(host.real(A)).mode & 0o7777).toBe(0o640);
    expect(readdirSync(stateDir())).toEqual(['locks']);
  });

  test('creates with the mode that is asked for, and deletes', async () => {
    await transact({ create: C, content: 'c\n', mode: 0o600 });
    expect(statSync(host.real(C)).mode & 0o7777).toBe(0o600);
    await transact({ delete: A, expected: hash('old a\n') });
    expect(host.files()).toEqual({ [B]: 'old b\n', [C]: 'c\n' });
  });

  test.each<[string, FileRequest, RegExp]>([
    ['creating what is there', { create: A, content: '' }, /exists already/],
    ['replacing what is not there', { replace: C, content: '' }, /does not exist/],
    ['replacing other content', { replace: A, content: '', expected: hash('x') }, /not hold/],
    ['deleting other content', { delete: A, expected: hash('x') }, /not hold/],
  ])('%s is refused with exit 6', async (_, change, message) => {
    const error = await refusal(transact(change));
    expect(error.exitCode).toBe(6);
    expect(error.message).toMatch(message);
    expect(host.files()).toEqual({ [A]: 'old a\n', [B]: 'old b\n' });
  });
});

describe('several changes', () => {
  const MIXED: readonly FileRequest[] = [
    { create: '/etc/app/new/c.conf', content: 'new c\n' },
    { replace: A, content: 'new a\n' },
    { delete: B },
  ];

  test('are all made, told with their states, and leave only audit rows', async () => {
    const result = await transact(...MIXED);
    expect(host.files()).toEqual({ [A]: 'new a\n', '/etc/app/new/c.conf': 'new c\n' });
    expect(result).toMatchObject({ pending: null, problems: [] });
    expect(
      result.files.map(({ path, before, after }) => [path, before?.size, after?.size]),
    ).toEqual([
      ['/etc/app/new/c.conf', undefined, 6],
      [A, 6, 6],
      [B, 6, undefined],
    ]);
    expect(statSync(host.real(A)).mode & 0o7777).toBe(0o640);
    expect(journals()).toEqual([]);
    expect(readdirSync(stateDir()).toSorted()).toEqual(['audit.jsonl', 'journal', 'lock', 'locks']);
    const rows = readFileSync(join(stateDir(), 'audit.jsonl'), 'utf8').trim().split('\n');
    expect(rows.map((row) => (JSON.parse(row) as { event: string }).event)).toEqual([
      'run-started',
      'run-ended',
    ]);
    expect(rows[1]).toContain(result.run);
  });

  test('that change nothing write nothing', async () => {
    const inode = statSync(host.real(A)).ino;
    const result = await transact(
      { replace: A, content: 'old a\n' },
      { replace: B, content: 'old b\n' },
    );
    expect(result).toMatchObject({ run: null, pending: null });
    expect(statSync(host.real(A)).ino).toBe(inode);
  });

  test('change nothing when one of them is not as expected, and every problem is told', async () => {
    const error = await refusal(
      transact(
        { replace: A, content: 'new a\n', expected: hash('x') },
        { create: B, content: '' },
        { delete: C },
        { create: '/etc/app/ok.conf', content: '' },
      ),
    );
    expect(error.exitCode).toBe(6);
    expect(error.diagnostics.map(({ code }) => code)).toEqual(['SP4263', 'SP4263', 'SP4263']);
    expect(host.files()).toEqual({ [A]: 'old a\n', [B]: 'old b\n' });
  });

  test('are refused for what a plan would refuse, together', async () => {
    linkSync(host.real(A), host.real('/etc/app/twin.conf'));
    mkdirSync(host.real('/etc/app/directory'));
    const error = await refusal(
      transact(
        { replace: A, content: 'new' },
        { create: '/etc/app/directory', content: '' },
        { replace: B, content: 'new' },
      ),
    );
    expect(error.exitCode).toBe(1);
    expect(error.diagnostics.map(({ code }) => code)).toEqual(['SP4262', 'SP4262']);
    expect(host.read(B)).toBe('old b\n');
  });

  test.skipIf(!isRoot)('are refused where others could swap the file (needs root)', async () => {
    chmodSync(host.real('/etc/app'), 0o777);
    for (const changes of [[{ delete: A }], [{ delete: A }, { create: C, content: '' }]]) {
      const error = await refusal(transact(...changes));
      expect([error.exitCode, error.diagnostics[0]?.code]).toEqual([1, 'SP6063']);
    }
    expect(host.read(A)).toBe('old a\n');
  });

  test.each<[string, readonly FileRequest[], RegExp]>([
    ['nothing', [], /no change/],
    ['one file twice', [{ delete: A }, { replace: A, content: '' }], /more than once/],
    ['a relative path', [{ delete: 'a.conf' }, { delete: B }], /absolute/],
    ['a digest that is none', [{ delete: A, expected: 'abc' }], /SHA-256/],
    ['a mode that is none', [{ create: C, content: '', mode: 0o10000 }], /not a mode/],
    ['a file below a file', [{ delete: A }, { create: `${A}/x`, content: '' }], /directory of/],
    ['a move onto itself', [{ move: A, to: A }], /more than once/],
  ])('%s is refused with exit 64', async (_, changes, message) => {
    const error = await refusal(transact(...changes));
    expect([error.exitCode, error.diagnostics[0]?.code]).toEqual([64, 'SP4264']);
    expect(error.message).toMatch(message);
  });

  test('of two paths that lead to one file are refused', async () => {
    symlinkSync('a.conf', host.real('/etc/app/link.conf'));
    const error = await refusal(
      transact({ replace: A, content: '1' }, { replace: '/etc/app/link.conf', content: '2' }),
    );
    expect(error.message).toContain('more than once');
    expect(host.read(A)).toBe('old a\n');
  });

  test('a symbolic link stays one: what it leads to is replaced; deleting or moving it is refused', async () => {
    symlinkSync('app/a.conf', host.real('/etc/link.conf'));
    await transact({ replace: '/etc/link.conf', content: 'new a\n' }, { delete: B });
    expect(lstatSync(host.real('/etc/link.conf')).isSymbolicLink()).toBe(true);
    expect(host.read(A)).toBe('new a\n');
    for (const change of [{ delete: '/etc/link.conf' }, { move: '/etc/link.conf', to: C }]) {
      const error = await refusal(transact(change));
      expect(error.message).toContain('is a symbolic link');
    }
  });
});

describe('a move', () => {
  test('keeps content, mode, owner and attributes', async () => {
    const native = await loadNative();
    const fd = openSync(host.real(A), 'r+');
    native.setAttrSync(fd, 'user.team', Buffer.from('platform'));
    closeSync(fd);
    if (isRoot) chownSync(host.real(A), 12, 34);
    const { mode, uid, gid } = statSync(host.real(A));
    const result = await transact({ move: A, to: '/etc/other/a.conf', expected: hash('old a\n') });
    expect(result.pending).toBe(null);
    expect(host.files()).toEqual({ [B]: 'old b\n', '/etc/other/a.conf': 'old a\n' });
    const moved = statSync(host.real('/etc/other/a.conf'));
    expect([moved.mode, moved.uid, moved.gid]).toEqual([mode, uid, gid]);
    const there = openSync(host.real('/etc/other/a.conf'), 'r');
    expect(native.getAttrSync(there, 'user.team')?.toString()).toBe('platform');
    closeSync(there);
  });

  test('replaces a file only when that is said, with the metadata of the moved one', async () => {
    const error = await refusal(transact({ move: A, to: B }));
    expect(error.message).toContain(`${B} exists already`);
    expect(host.files()).toEqual({ [A]: 'old a\n', [B]: 'old b\n' });
    await transact({ move: A, to: B, replace: true });
    expect(host.files()).toEqual({ [B]: 'old a\n' });
    expect(statSync(host.real(B)).mode & 0o7777).toBe(0o640);
  });

  test.skipIf(mountProblem)('goes to another mount (needs root: mounts a tmpfs)', async () => {
    mkdirSync(host.real('/mnt'));
    mount('-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', host.real('/mnt'));
    await transact({ move: A, to: '/mnt/a.conf' });
    expect(host.files()).toEqual({ [B]: 'old b\n', '/mnt/a.conf': 'old a\n' });
  });

  test.skipIf(mountProblem)(
    'to a full disk changes nothing (needs root: mounts a tmpfs)',
    async () => {
      mkdirSync(host.real('/mnt'));
      mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', host.real('/mnt'));
      host.write(A, 'x'.repeat(200_000));
      const before = host.files();
      const error = await refusal(
        transact({ move: A, to: '/mnt/a.conf' }, { replace: B, content: 'new' }),
      );
      expect([error.exitCode, error.diagnostics[0]?.code]).toEqual([1, 'SP6010']);
      expect(host.files()).toEqual(before);
      expect(journals()).toEqual([]);
    },
  );
});
