import { describe, expect, test } from 'vitest';
import { judgePlace, type JudgedPlace } from '../../../src/host/judge-place.ts';
import type { DirectoryFacts, PlaceFacts } from '../../../src/host/place-facts.ts';
import type { HostPath, RealPath } from '../../../src/model/brand.ts';

const ROOT = { uid: 0, gid: 0 };
const USER = { uid: 1000, gid: 100 };

function directory(mode: number, uid = 0, gid = 0): DirectoryFacts {
  return { path: '/etc/app' as RealPath, mode, uid, gid };
}

function place(facts: Partial<PlaceFacts>, more: Partial<JudgedPlace> = {}): JudgedPlace {
  return {
    path: '/etc/app/a' as HostPath,
    method: 'replace',
    watched: false,
    facts: {
      directory: '/etc/app' as RealPath,
      directoryHindrance: null,
      fileHindrance: null,
      mountPoint: '/',
      isMountPoint: false,
      owner: 0,
      way: [directory(0o755)],
      ...facts,
    },
    ...more,
  };
}

function codes(judged: JudgedPlace, writer = ROOT): readonly string[] {
  return judgePlace(judged, writer).map(({ code }) => code);
}

describe('a directory on the way that others could swap', () => {
  test.each([
    ['is sound', 0o755, 0, 0, ROOT, false],
    ['is writable by everybody', 0o757, 0, 0, ROOT, true],
    ['is writable by a group', 0o775, 0, 50, ROOT, true],
    ['is writable by the group root', 0o775, 0, 0, ROOT, false],
    ['is sticky like /tmp', 0o1777, 0, 0, ROOT, false],
    ['is sticky, but of another user', 0o1777, 33, 0, ROOT, true],
    ['belongs to another user', 0o755, 33, 0, ROOT, true],
    ["belongs to the user's self", 0o700, 1000, 100, USER, false],
    ["is writable by the user's own group", 0o775, 1000, 100, USER, false],
    ['is writable by a group that is not the own one', 0o775, 1000, 27, USER, true],
    ['belongs to root, for an ordinary user', 0o755, 0, 0, USER, false],
  ] as const)('%s', (_, mode, uid, gid, writer, refused) => {
    const judged = place({ way: [directory(mode, uid, gid)], owner: writer.uid });
    expect(codes(judged, writer)).toEqual(refused ? ['SP6063'] : []);
  });

  test('is named with owner, mode and the command that repairs it', () => {
    const [problem] = judgePlace(place({ way: [directory(0o775, 0, 50)] }), ROOT);
    expect(problem?.message).toContain('/etc/app (owner 0:50, mode 0775) is writable by group 50');
    expect(problem?.help).toBe('`chmod g-w /etc/app`');
    const [owned] = judgePlace(place({ way: [directory(0o755, 33)] }), ROOT);
    expect(owned?.help).toBe('`chown 0 /etc/app`');
  });
});

test.each([
  ['a read-only mount', { directoryHindrance: 'read-only' }, ['SP6060']],
  ['an immutable file', { fileHindrance: 'fixed' }, ['SP6061']],
  ['an immutable directory', { directoryHindrance: 'fixed' }, ['SP6061']],
  ['both', { fileHindrance: 'fixed', directoryHindrance: 'fixed' }, ['SP6061', 'SP6061']],
  ['no permission in the directory', { directoryHindrance: 'denied' }, ['SP6062']],
  ['no permission for the file alone', { fileHindrance: 'denied' }, []],
] as const)('to replace a file: %s', (_, facts, expected) => {
  expect(codes(place(facts))).toEqual(expected);
});

test('what is immutable is named with commands that can be pasted', () => {
  const directory = '/demo root/etc/app' as RealPath;
  const facts = { directory, fileHindrance: 'fixed', directoryHindrance: 'fixed' } as const;
  const [file, around] = judgePlace(place(facts), ROOT);
  expect(file?.help).toContain("`chattr -ia '/demo root/etc/app/a'`");
  expect(around?.help).toContain("`lsattr -d '/demo root/etc/app'`");
  expect(around?.help).toContain("`chattr -ia '/demo root/etc/app'`");
});

test.each([
  ['a read-only directory around it', { directoryHindrance: 'read-only' }, []],
  ['a read-only mount of its own', { fileHindrance: 'read-only' }, ['SP6060']],
  ['an append-only file', { fileHindrance: 'fixed' }, ['SP6061']],
  ['an immutable directory', { directoryHindrance: 'fixed' }, []],
  ['no permission for the file', { fileHindrance: 'denied' }, ['SP6062']],
] as const)('to write in place: %s', (_, facts, expected) => {
  expect(codes(place(facts, { method: 'in-place' }))).toEqual(expected);
});

test('in a watched directory only a mount point is written in place', () => {
  const watched = { method: 'in-place', watched: true } as const;
  expect(codes(place({}, watched))).toEqual(['SP6071']);
  expect(codes(place({ isMountPoint: true }, watched))).toEqual([]);
});

test('an ordinary user replaces only own files, and everything is told at once', () => {
  const judged = place({ owner: 7, way: [directory(0o777), directory(0o755, 33)] });
  expect(codes(judged, USER)).toEqual(['SP6064', 'SP6063', 'SP6063']);
});
