import { expect, it } from 'vitest';
import type { GitEntry } from '../../../../src/git/workspace/tree-entries.ts';
import {
  changedInputs,
  isUnrecorded,
} from '../../../../src/operations/revert-branch/changed-inputs.ts';

const file = (id: string): GitEntry => ({ mode: '100644', id });
const CHANGE = { plan: 'app', before: 'old', applied: 'new' } as never;

/** Plan `app` in each commit: its file, and what that holds. */
function question(commits: Readonly<Record<string, readonly [path: string, id: string]>>) {
  return {
    change: CHANGE,
    head: 'head' as never,
    commits: {
      entriesAt: async (commit: string, paths: readonly string[]) => {
        const [path = '', id = ''] = commits[commit] ?? [];
        return new Map(paths.includes(path) ? [[path, file(id)]] : []);
      },
    } as never,
    plans: async (commit: string) => {
      const places = commits[commit]?.slice(0, 1);
      if (places === undefined) return new Map() as never;
      return new Map([['app', { places, complete: true, unrecorded: places }]]) as never;
    },
  };
}

it('a plan file that was renamed since is followed by the name of the plan', async () => {
  const asked = question({ old: ['a.yaml', 'b'], new: ['a.yaml', 'c'], head: ['z.yaml', 'h'] });
  expect([...(await changedInputs(asked)).files]).toEqual([
    ['z.yaml', { before: file('b'), applied: file('c'), head: file('h') }],
  ]);
});

it('a plan file that is where it was, or gone, is asked for there', async () => {
  const stays = question({ old: ['a.yaml', 'b'], new: ['a.yaml', 'c'], head: ['a.yaml', 'h'] });
  expect([...(await changedInputs(stays)).files.keys()]).toEqual(['a.yaml']);
  const gone = question({ old: ['a.yaml', 'b'], new: ['a.yaml', 'c'] });
  expect((await changedInputs(gone)).files.get('a.yaml')).toMatchObject({ head: null });
});

it('a file is kept out of messages when a plan of the run or of the tip says so', async () => {
  const asked = question({ old: ['a', 'b'], new: ['b', 'c'], head: ['c', 'h'] });
  const told = await Promise.all(['a', 'b', 'c'].map((path) => isUnrecorded(asked, path)));
  expect(told).toEqual([false, true, true]);
});

/** `old` has a source in a submodule; each commit has the submodule at some commit. */
function withSubmodule(at: Readonly<Record<string, string>>) {
  return {
    change: CHANGE,
    head: 'head' as never,
    commits: {
      entriesAt: async (commit: string, paths: readonly string[]) => {
        const id = at[commit];
        const found = paths.includes('lib') && id !== undefined;
        return new Map(found ? [['lib', { mode: '160000', id }]] : []);
      },
    } as never,
    plans: async () =>
      new Map([
        ['app', { places: ['a.yaml', 'lib/conf/f'], complete: true, unrecorded: [] }],
      ]) as never,
  };
}

it.each([
  ['moved by the run', { old: '1', new: '2', head: '2' }],
  ['moved by the run and again since', { old: '1', new: '2', head: '3' }],
  ['dropped by the run', { old: '1' }],
])('a source in a submodule that was %s is refused, with the way back', async (_title, at) => {
  await expect(changedInputs(withSubmodule(at))).rejects.toMatchObject({
    exitCode: 7,
    diagnostics: [
      {
        code: 'SP4277',
        message: 'the run changed what is in a submodule: lib/conf/f',
        help: expect.stringContaining('git -C lib checkout 1'),
      },
    ],
  });
});

it.each([
  ['was not moved', { old: '1', new: '1', head: '1' }],
  ['was moved since only', { old: '1', new: '1', head: '2' }],
  ['was moved back since', { old: '1', new: '2', head: '1' }],
  ['is new', { new: '2', head: '2' }],
])('a source in a submodule that %s does not hinder', async (_title, at) => {
  expect((await changedInputs(withSubmodule(at))).files.size).toBe(0);
});
