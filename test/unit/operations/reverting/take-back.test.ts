import { expect, it } from 'vitest';
import type { HostPath, ItemKey } from '../../../../src/model/brand.ts';
import { sha256 } from '../../../../src/model/canonical-json.ts';
import type { RecordRule } from '../../../../src/model/plan-file.ts';
import type { FileState } from '../../../../src/model/file-image.ts';
import { takeBack } from '../../../../src/operations/reverting/take-back.ts';

interface Version {
  readonly state: FileState | null;
  readonly bytes: Uint8Array | null;
}

const ABSENT: Version = { state: null, bytes: null };

function version(text: string, mode = 0o644, uid = 0): Version {
  const bytes = Buffer.from(text);
  return { state: { sha256: sha256(bytes), size: bytes.length, mode, uid, gid: 0 }, bytes };
}

function back(old: Version, made: Version, live: Version, record: RecordRule = 'full') {
  const path = '/etc/app/app.conf' as HostPath;
  const keys = ['content' as ItemKey];
  const run = {
    path,
    kind: 'file',
    record,
    keys,
    old,
    made,
    before: {},
    after: {},
  } as const;
  const taken = takeBack(run, live);
  if ('conflict' in taken) return taken.conflict;
  if (!taken.image.exists) return 'absent';
  const { bytes, mode, owner } = taken.image;
  expect(taken.state).toMatchObject({ sha256: sha256(bytes), mode, ...owner });
  return [Buffer.from(bytes).toString(), mode, owner?.uid];
}

it('a file that nobody touched since becomes what it was: content, mode, owner, or absent', () => {
  expect(back(version('a\n', 0o600, 7), version('b\n'), version('b\n'))).toEqual(['a\n', 0o600, 7]);
  expect(back(ABSENT, version('b\n'), version('b\n'))).toBe('absent');
  expect(back(version('a\n', 0o640), ABSENT, ABSENT)).toEqual(['a\n', 0o640, 0]);
});

it('permissions that somebody set after the run stay', () => {
  expect(back(version('a\n', 0o600), version('b\n', 0o644), version('b\n', 0o640))).toEqual([
    'a\n',
    0o640,
    0,
  ]);
  expect(back(version('a\n'), version('b\n'), version('b\n', 0o644, 5))).toEqual(['a\n', 0o644, 5]);
});

function text(line: string, last: string): string {
  return `${line}\n2\n3\n4\n5\n6\n${last}\n`;
}

it('other lines that were edited since stay, the same lines are a conflict', () => {
  const [old, made] = [version(text('old', 'x')), version(text('new', 'x'))];
  expect(back(old, made, version(text('new', 'theirs')))).toEqual([
    text('old', 'theirs'),
    0o644,
    0,
  ]);
  expect(back(old, made, version(text('theirs', 'x')))).toContain('was changed again since');
});

it('where there is nothing to compare it says so', () => {
  expect(back(version('a\n'), version('b\n'), ABSENT)).toContain('deleted since');
  expect(back(ABSENT, version('b\n'), version('c\n'))).toContain('as a whole');
  expect(back({ ...version('a\n'), bytes: null }, version('b\n'), version('b\n'))).toContain(
    'not kept',
  );
});

it('what is back already stays as it is', () => {
  expect(back(version('a\n'), version('b\n'), version('a\n'))).toEqual(['a\n', 0o644, 0]);
  expect(back(ABSENT, version('b\n'), ABSENT)).toBe('absent');
});

it('what no copy is recorded of, and the backup store has lost, is a conflict and never guessed', () => {
  const lost = { ...version('a\n'), bytes: null };
  expect(back(lost, version('b\n'), version('b\n'), 'digest')).toContain('no backup has its');
  const made = { ...version('b\n'), bytes: null };
  expect(back(version('a\n'), made, version('b\n'), 'digest')).toEqual(['a\n', 0o644, 0]);
  expect(back(version('a\n'), made, version('c\n'), 'digest')).toContain('is not kept');
});
