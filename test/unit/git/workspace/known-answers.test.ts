import { expect, test } from 'vitest';
import { remembering } from '../../../../src/git/workspace/known-answers.ts';
import type { WorkspaceGitOutput } from '../../../../src/git/workspace/workspace-git.ts';

const [A, B] = ['a'.repeat(40), 'b'.repeat(40)] as const;
const TREE = ['ls-tree', '-z', '--full-tree', A, '--', 'plans/a.yaml'];

/** How often git itself is asked when a question comes twice, with this answer. */
async function asked(
  question: readonly string[],
  answer: Partial<WorkspaceGitOutput> = {},
  dirs: readonly [string, string] = ['/w', '/w'],
): Promise<number> {
  let calls = 0;
  const git = (): Promise<WorkspaceGitOutput> => {
    calls += 1;
    return Promise.resolve({ exitCode: 0, stdout: 'told\n', stderr: '', ...answer });
  };
  const known = new Map<string, WorkspaceGitOutput>();
  const [first, second] = dirs.map((dir) => remembering(git, dir, known));
  const told = await first?.(...question);
  expect(await second?.(...question)).toEqual(told);
  return calls;
}

test('the tree of a commit that its whole id names is asked for once', async () => {
  expect(await asked(TREE)).toBe(1);
  expect(await asked(['ls-tree', '-r', '--full-tree', 'c'.repeat(64)])).toBe(1);
});

test('that one commit descends from another is asked once, that it does not each time', async () => {
  expect(await asked(['merge-base', A, B], { stdout: `${A}\n` })).toBe(1);
  expect(await asked(['merge-base', A, B], { stdout: `${'c'.repeat(40)}\n` })).toBe(2);
  expect(await asked(['merge-base', A, B], { exitCode: 1, stdout: '' })).toBe(2);
});

test.each([
  ['HEAD', ['rev-parse', '--show-toplevel', 'HEAD^{commit}']],
  ['a commit by a name that can move', ['ls-tree', '-z', '--full-tree', 'main', '--', A]],
  ['a commit by the beginning of its id', ['ls-tree', '-z', '--full-tree', 'abc1234', '--', A]],
  ['a tree as seen from where git runs', ['ls-tree', '-z', A, '--', 'a']],
  ['a relation of names', ['merge-base', 'HEAD', A]],
  ['the index', ['ls-files', '-t', '-z', '--', 'a']],
  ['a file', ['hash-object', '--', 'a']],
  ['a setting', ['config', '--type=bool', '--get', 'core.fileMode']],
  ['whether the clone is shallow', ['rev-parse', '--is-shallow-repository']],
])('%s is asked each time', async (_, question) => {
  expect(await asked(question, { stdout: `${question[1] ?? ''}\n` })).toBe(2);
});

test('no answer is taken over from another directory, or from a git that failed', async () => {
  expect(await asked(TREE, {}, ['/w', '/other'])).toBe(2);
  expect(await asked(TREE, { exitCode: 128 })).toBe(2);
});
