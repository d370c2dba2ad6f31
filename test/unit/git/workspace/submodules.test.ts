import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkOutCommit } from '../../../../src/git/workspace/workspace-checkout.ts';
import { plainGit, scratchDirectory } from '../scratch.ts';
import { commitAll, newWorkspace, opened, paths, put } from '../workspace-samples.ts';

const F = 'lib/f.conf';
const DEEP = 'lib/deep/g.conf';

function addSubmodule(dir: string, from: string, path: string): void {
  plainGit(dir, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', from, path);
  commitAll(dir);
}

/** `lib` is a submodule, `lib/deep` one within it. */
function nested(): string {
  const lib = newWorkspace({ 'f.conf': 'f\n' });
  addSubmodule(lib, newWorkspace({ 'g.conf': 'g\n' }), 'deep');
  const dir = newWorkspace();
  addSubmodule(dir, lib, 'lib');
  const allow = ['-c', 'protocol.file.allow=always'];
  plainGit(dir, ...allow, 'submodule', '--quiet', 'update', '--init', '--recursive');
  return dir;
}

async function dirty(dir: string): Promise<readonly string[]> {
  return (await opened(dir)).dirtyAmong(paths('plans/a.yaml', F, DEEP));
}

describe('files in submodules', () => {
  test('are clean while each submodule is at the commit that the outer one names', async () => {
    expect(await dirty(nested())).toEqual([]);
  });

  const edits: readonly [string, (dir: string) => void, readonly string[]][] = [
    ['an edited file', (dir) => put(dir, { [F]: 'x\n' }), [F]],
    ['an edited file deeper down', (dir) => put(dir, { [DEEP]: 'x\n' }), [DEEP]],
    [
      'a file committed in the submodule only',
      (dir) => {
        put(dir, { [DEEP]: 'x\n' });
        commitAll(join(dir, 'lib/deep'));
      },
      [DEEP],
    ],
    [
      'another commit of the submodule, even with the same file',
      (dir) => {
        commitAll(join(dir, 'lib'));
      },
      [F, DEEP],
    ],
    [
      'a folder with the same files instead of the submodule',
      (dir) => {
        rmSync(join(dir, 'lib'), { recursive: true });
        put(dir, { [F]: 'f\n', [DEEP]: 'g\n' });
      },
      [F, DEEP],
    ],
    [
      'a link to the same files instead of the submodule',
      (dir) => {
        rmSync(join(dir, 'lib'), { recursive: true });
        put(dir, { 'b/f.conf': 'f\n', 'b/deep/g.conf': 'g\n' });
        symlinkSync('b', join(dir, 'lib'));
      },
      [F, DEEP],
    ],
    [
      'a submodule that is not checked out',
      (dir) => {
        rmSync(join(dir, 'lib/deep'), { recursive: true });
        mkdirSync(join(dir, 'lib/deep'));
      },
      [DEEP],
    ],
  ];
  test.each(edits)('%s is seen', async (_, edit, expected) => {
    const dir = nested();
    edit(dir);
    expect(await dirty(dir)).toEqual(expected);
  });

  test('are named with their submodule, from the workspace', async () => {
    const repository = await opened(join(nested(), 'plans'));
    expect(await repository.submodulesAround(paths('a.yaml', `../${F}`))).toEqual(['../lib']);
  });
});

describe('a commit checked out apart', () => {
  const environment = { PATH: process.env['PATH'], HOME: '/nonexistent' };
  const copied = async (dir: string): Promise<(path: string) => string> => {
    const into = scratchDirectory();
    mkdirSync(join(into, 'tree'));
    const copy = await checkOutCommit(dir, 'HEAD', into, environment);
    return (path) => readFileSync(join(copy?.dir ?? '', path), 'utf8');
  };

  test('has the files of its submodules, as committed', async () => {
    const dir = nested();
    put(dir, { [F]: 'edited\n' });
    commitAll(join(dir, 'lib'));
    const read = await copied(dir);
    expect(read(F)).toBe('f\n');
    expect(read(DEEP)).toBe('g\n');
    expect(readFileSync(join(dir, F), 'utf8')).toBe('edited\n');
    expect(plainGit(join(dir, 'lib'), 'status', '--porcelain')).toBe('');
  });

  test('leaves out those that the workspace has not', async () => {
    const dir = nested();
    rmSync(join(dir, 'lib/deep'), { recursive: true });
    const read = await copied(dir);
    expect(read(F)).toBe('f\n');
    expect(() => read(DEEP)).toThrow('ENOENT');
  });
});
