import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { RealPath, WorkspacePath } from '../../../src/model/brand.ts';
import { sourceReader } from '../../../src/operations/workspace/read-source.ts';

let dir: string;
let workspace: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'setpoint-source-'));
  workspace = join(dir, 'workspace');
  await mkdir(workspace);
  await writeFile(join(dir, 'outside'), 'secret');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

function read(path: string) {
  return sourceReader(workspace as RealPath)(path as WorkspacePath);
}

describe('sources', () => {
  it('gives bytes and whether a script may be executed', async () => {
    await writeFile(join(workspace, 'check.sh'), '#!/bin/sh\n');
    await chmod(join(workspace, 'check.sh'), 0o755);
    expect(read('check.sh')).toEqual({ bytes: Buffer.from('#!/bin/sh\n'), executable: true });
  });

  it('tells a file of a submodule that is not checked out from one that is not there', async () => {
    const modules = '[submodule "lib"]\n\tpath = sub/lib\n\turl = ../lib\n';
    await writeFile(join(workspace, '.gitmodules'), modules);
    const empty = {
      problem: expect.stringMatching(/submodule, sub\/lib, .*git submodule update --init/),
    };
    expect(read('sub/lib/a/f.conf')).toEqual(empty);
    await mkdir(join(workspace, 'sub/lib'), { recursive: true });
    expect(read('sub/lib/f.conf')).toEqual(empty);
    await writeFile(join(workspace, 'sub/lib/other'), 'x');
    expect(read('sub/lib/f.conf')).toEqual({ problem: 'it does not exist' });
  });

  it('follows links inside the workspace', async () => {
    await writeFile(join(workspace, 'a'), 'x');
    await symlink('a', join(workspace, 'b'));
    expect(read('b')).toMatchObject({ executable: false });
  });

  it.each<[string, (dir: string) => Promise<void>, RegExp]>([
    [
      'a link that leads outside',
      (d) => symlink('../outside', join(d, 's')),
      /outside the workspace/,
    ],
    ['a folder that is a link outside', (d) => symlink('/', join(d, 's')), /outside the workspace/],
    [
      'a folder',
      async (d) => {
        await mkdir(join(d, 's'));
      },
      /not a regular file/,
    ],
    ['what is missing', async () => {}, /does not exist/],
  ])('refuses %s', async (_title, make, words) => {
    await make(workspace);
    const source = read('s');
    expect('problem' in source ? source.problem : '').toMatch(words);
  });
});
