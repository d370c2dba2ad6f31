import { expect, it } from 'vitest';
import type { GitEntry } from '../../../../src/git/workspace/tree-entries.ts';
import { composeChanges } from '../../../../src/operations/revert-branch/compose-changes.ts';
import type { PathVersions } from '../../../../src/operations/revert-branch/way-back.ts';

const file = (id: string, mode = '100644'): GitEntry => ({ mode, id });
const [B, C, H] = [file('b'), file('c'), file('h')];

const KEY = ['-----BEGIN', 'PRIVATE', 'KEY-----\n'].join(' ');

/** Composes with a head that has `head` beside the files, and merges that give `merged`. */
function composed(
  files: Readonly<Record<string, PathVersions>>,
  { head = {}, merged = null as string | null } = {},
) {
  return composeChanges({
    commits: {
      entriesAt: async (_: unknown, paths: readonly string[]) =>
        new Map(Object.entries<GitEntry>(head).filter(([path]) => paths.includes(path))),
      textOf: async (id: string) => (id === 'key' ? `a\n${KEY}` : 'plain\n'),
      difference: async (from: string, to: string, path: string) => `${from}..${to} ${path}\n`,
    } as never,
    writer: { merge: async () => merged } as never,
    head: 'HEAD' as never,
    change: { applied: 'applied', before: 'before' } as never,
    unrecorded: async (path) => path.startsWith('unrecorded'),
    files: new Map(Object.entries(files)),
  });
}

it('each file is told once, with what becomes of it; what is as before is none', async () => {
  const files = {
    done: { before: B, applied: C, head: B },
    gone: { before: null, applied: C, head: C },
    merged: { before: B, applied: C, head: H },
  };
  expect(await composed(files, { merged: 'm' })).toEqual({
    entries: [
      ['gone', null],
      ['merged', file('m')],
    ],
    files: [
      { path: 'gone', change: 'deleted' },
      { path: 'merged', change: 'merged' },
    ],
  });
});

it('all conflicts are told at once, each with its difference', async () => {
  const files = {
    a: { before: B, applied: C, head: H },
    b: { before: B, applied: C, head: null },
  };
  await expect(composed(files)).rejects.toMatchObject({
    exitCode: 7,
    diagnostics: [
      {
        code: 'SP5035',
        message: expect.stringMatching(/^a was changed again/),
        detail: expect.stringContaining('applied..HEAD a'),
      },
      {
        code: 'SP5035',
        message: expect.stringMatching(/^b was deleted/),
        help: expect.stringContaining('(git show before:b) where the plan has it now'),
      },
    ],
  });
});

const hidden = (path: string) => ({ detail: expect.stringContaining(`${path} differs: content`) });

it('the difference of a file that a plan keeps out of the record is not shown', async () => {
  const files = { 'unrecorded.conf': { before: B, applied: C, head: H } };
  await expect(composed(files)).rejects.toMatchObject({
    diagnostics: [hidden('unrecorded.conf')],
  });
});

it('the difference of a file that holds a private key, or did, is not shown', async () => {
  const key = file('key');
  const files = {
    now: { before: B, applied: C, head: key },
    before: { before: B, applied: key, head: null },
    link: { before: B, applied: C, head: file('key', '120000') },
  };
  await expect(composed(files)).rejects.toMatchObject({
    diagnostics: [
      hidden('now'),
      hidden('before'),
      { detail: expect.stringContaining('applied..HEAD link') },
    ],
  });
});

it('a file that returns needs its folders: another file in their place is a conflict, unless it goes', async () => {
  const back = { 'x/y/z': { before: B, applied: null, head: null } };
  await expect(composed(back, { head: { 'x/y': H } })).rejects.toMatchObject({
    diagnostics: [{ code: 'SP5035', message: expect.stringMatching(/^x\/y is a file now/) }],
  });
  expect((await composed(back, { head: { x: file('t', '040000') } })).files).toHaveLength(1);
  const both = { ...back, 'x/y': { before: null, applied: C, head: C } };
  expect((await composed(both, { head: { 'x/y': C } })).files).toHaveLength(2);
});
