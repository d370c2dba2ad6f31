import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plainGit, scratchDirectory } from '../scratch.ts';
import { commitAll, newWorkspace, opened, paths, put } from '../workspace-samples.ts';

const A = 'plans/a.yaml';

describe('inputs that differ from HEAD', () => {
  const cases: readonly [string, (dir: string) => void][] = [
    ['a modified file', (dir) => put(dir, { [A]: 'other\n' })],
    ['a modified file of the same size and age', (dir) => put(dir, { [A]: 'b\n' })],
    [
      'a modified and staged file',
      (dir) => {
        put(dir, { [A]: 'b\n' });
        plainGit(dir, 'add', A);
      },
    ],
    ['a deleted file', (dir) => rmSync(join(dir, A))],
    [
      'a file deleted in the index too',
      (dir) => {
        plainGit(dir, 'rm', '-q', A);
      },
    ],
    ['a file that became executable', (dir) => chmodSync(join(dir, A), 0o755)],
    [
      'a file that became a directory',
      (dir) => {
        rmSync(join(dir, A));
        mkdirSync(join(dir, A));
      },
    ],
    [
      'a file replaced by a link to its equal',
      (dir) => {
        renameSync(join(dir, A), join(dir, 'b'));
        symlinkSync('../b', join(dir, A));
      },
    ],
    [
      'an edit hidden by assume-unchanged',
      (dir) => {
        plainGit(dir, 'update-index', '--assume-unchanged', A);
        put(dir, { [A]: 'b\n' });
      },
    ],
    [
      'an edit hidden by skip-worktree',
      (dir) => {
        plainGit(dir, 'update-index', '--skip-worktree', A);
        put(dir, { [A]: 'b\n' });
      },
    ],
    ['changed line ends', (dir) => put(dir, { [A]: 'a\r\n' })],
  ];
  test.each(cases)('%s is seen', async (_, edit) => {
    const dir = newWorkspace();
    edit(dir);
    expect(await (await opened(dir)).dirtyAmong(paths(A))).toEqual([A]);
  });

  const news: readonly [string, (dir: string) => void][] = [
    ['untracked', () => undefined],
    ['ignored', (dir) => writeFileSync(join(dir, '.git/info/exclude'), 'plans/new.yaml\n')],
    [
      'staged',
      (dir) => {
        plainGit(dir, 'add', 'plans/new.yaml');
      },
    ],
  ];
  test.each(news)('a new file that is %s is seen', async (_, edit) => {
    const dir = newWorkspace();
    put(dir, { 'plans/new.yaml': 'x' });
    edit(dir);
    expect(await (await opened(dir)).dirtyAmong(paths(A, 'plans/new.yaml'))).toEqual([
      'plans/new.yaml',
    ]);
  });

  test('everything is different before the first commit', async () => {
    const dir = scratchDirectory();
    plainGit(dir, 'init', '-q');
    put(dir, { [A]: 'a\n' });
    const repository = await opened(dir);
    expect(repository.head).toBeNull();
    expect(await repository.dirtyAmong(paths(A, 'missing'))).toEqual([A]);
  });
});

describe('inputs that are as in HEAD', () => {
  const cases: readonly [string, (dir: string) => void][] = [
    ['nothing happened', () => undefined],
    ['another file changed', (dir) => put(dir, { other: 'x' })],
    ['only the time changed', (dir) => put(dir, { [A]: 'a\n' })],
    [
      'only the index differs',
      (dir) => {
        plainGit(dir, 'rm', '-q', '--cached', A);
      },
    ],
    [
      'git checked it out with its own line ends',
      (dir) => {
        plainGit(dir, 'config', 'core.autocrlf', 'true');
        put(dir, { [A]: 'a\r\n' });
      },
    ],
    [
      'the file system has no executable bits',
      (dir) => {
        plainGit(dir, 'config', 'core.fileMode', 'false');
        chmodSync(join(dir, A), 0o755);
      },
    ],
    [
      'a sparse checkout left it out',
      (dir) => {
        plainGit(dir, 'sparse-checkout', 'set', '--no-cone', 'nothing');
      },
    ],
  ];
  test.each(cases)('%s', async (_, edit) => {
    const dir = newWorkspace();
    edit(dir);
    expect(await (await opened(dir)).dirtyAmong(paths(A, 'never/there'))).toEqual([]);
  });

  test('odd names', async () => {
    const odd = ['-x', 'a b', 'ü', 'new\nline', ':(top)x', '*', 'a"b'];
    const dir = newWorkspace(Object.fromEntries(odd.map((name) => [name, name])));
    const repository = await opened(dir);
    expect(await repository.dirtyAmong(paths(...odd))).toEqual([]);
    put(dir, Object.fromEntries(odd.map((name) => [name, 'changed'])));
    expect(await repository.dirtyAmong(paths(...odd))).toEqual(odd);
  });

  test('more files than fit on one command line', async () => {
    const names = Array.from({ length: 1200 }, (_, i) => `plans/${'x'.repeat(100)}-${i}.yaml`);
    const dir = newWorkspace(Object.fromEntries(names.map((name) => [name, name])));
    put(dir, { [names[1100]!]: 'changed' });
    expect(await (await opened(dir)).dirtyAmong(paths(...names))).toEqual([names[1100]]);
  });
});

function linked(): string {
  const dir = newWorkspace({ 'real/check.sh': 'a\n' });
  symlinkSync('real', join(dir, 'folder'));
  symlinkSync('folder/check.sh', join(dir, 'link'));
  commitAll(dir);
  return dir;
}

describe('inputs behind symlinks', () => {
  test('are clean while links and target are', async () => {
    expect(await (await opened(linked())).dirtyAmong(paths('link', 'folder/check.sh'))).toEqual([]);
  });

  test('differ when the target differs', async () => {
    const dir = linked();
    put(dir, { 'real/check.sh': 'b\n' });
    expect(await (await opened(dir)).dirtyAmong(paths('link', 'folder/check.sh'))).toEqual([
      'link',
      'folder/check.sh',
    ]);
  });

  test('differ when a link on the way was turned to an equal file', async () => {
    const dir = linked();
    put(dir, { 'evil/check.sh': 'a\n' });
    commitAll(dir);
    rmSync(join(dir, 'folder'));
    symlinkSync('evil', join(dir, 'folder'));
    expect(
      await (await opened(dir)).dirtyAmong(paths('link', 'folder/check.sh', 'real/check.sh')),
    ).toEqual(['link', 'folder/check.sh']);
  });

  test('differ when they lead out of the repository or in circles', async () => {
    const dir = linked();
    symlinkSync('/etc/hostname', join(dir, 'out'));
    symlinkSync('round', join(dir, 'round'));
    commitAll(dir);
    expect(await (await opened(dir)).dirtyAmong(paths('out', 'round'))).toEqual(['out', 'round']);
  });
});
