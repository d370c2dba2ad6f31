import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openWorkspaceRepository } from '../../../../src/git/workspace/workspace-repository.ts';
import type { CommitId } from '../../../../src/model/brand.ts';
import { plainGit, scratchDirectory } from '../scratch.ts';
import { commitAll, newWorkspace, opened, paths, put } from '../workspace-samples.ts';

const [A, B] = paths('plans/a.yaml', 'plans/b.yaml');
const NOWHERE = '1'.repeat(40) as CommitId;

describe('finding the repository', () => {
  test('a directory outside git, and a bare repository, have none', async () => {
    const dir = scratchDirectory();
    expect(await openWorkspaceRepository(dir, process.env)).toBeNull();
    plainGit(dir, 'init', '-q', '--bare', 'bare.git');
    expect(await openWorkspaceRepository(join(dir, 'bare.git'), process.env)).toBeNull();
  });

  test('a program called git that exits 0 and prints nothing is told as what it is', async () => {
    const dir = newWorkspace();
    const bin = scratchDirectory();
    writeFileSync(join(bin, 'git'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    const environment = { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}` };
    await expect(openWorkspaceRepository(dir, environment)).rejects.toMatchObject({
      exitCode: 6,
      diagnostics: [{ code: 'SP5031', message: expect.stringContaining('printed nothing') }],
    });
  });

  test("the caller's GIT_DIR and GIT_INDEX_FILE mislead nobody", async () => {
    const [dir, other] = [newWorkspace(), newWorkspace({ x: 'x' })];
    for (const [name, value] of [
      ['GIT_DIR', join(other, '.git')],
      ['GIT_INDEX_FILE', '/nonexistent/index'],
      ['GIT_WORK_TREE', other],
      ['EDITOR', 'false'],
    ] as const) {
      process.env[name] = value;
      onTestFinished(() => void delete process.env[name]);
    }
    const repository = await openWorkspaceRepository(dir, process.env);
    expect(repository!.top).toBe(dir);
    expect(repository!.head).toBe(plainGit(dir, 'rev-parse', 'HEAD').trim());
    expect(await repository!.dirtyAmong([A!])).toEqual([]);
  });

  test('nothing that the repository configures is run', async () => {
    const dir = newWorkspace();
    const ran = join(dir, 'ran');
    writeFileSync(join(dir, 'hook'), `#!/bin/sh\ntouch '${ran}'\n`);
    chmodSync(join(dir, 'hook'), 0o755);
    plainGit(dir, 'config', 'core.fsmonitor', join(dir, 'hook'));
    const repository = await opened(dir);
    await repository.dirtyAmong([A!]);
    await repository.filesAt(repository.head!, '');
    expect(existsSync(ran)).toBe(false);
  });

  test.skipIf(process.geteuid?.() !== 0)(
    'a repository of another user is refused with the command to allow it (needs root)',
    async () => {
      const dir = newWorkspace();
      execFileSync('chown', ['-R', '12345:12345', dir]);
      await expect(opened(dir)).rejects.toMatchObject({
        exitCode: 6,
        diagnostics: [
          {
            code: 'SP5030',
            help: expect.stringContaining(`git config --global --add safe.directory ${dir}`),
          },
        ],
      });
    },
  );

  test('a missing git is said so', async () => {
    await expect(
      openWorkspaceRepository(newWorkspace(), { PATH: scratchDirectory() }),
    ).rejects.toThrow(/SP5001/);
  });

  test('a broken repository is an error, not "no repository"', async () => {
    const dir = newWorkspace();
    writeFileSync(join(dir, '.git/config'), '[core\n');
    await expect(opened(dir)).rejects.toThrow(/SP5031.*bad config/);
  });
});

describe('history', () => {
  test('files of a commit', async () => {
    const dir = newWorkspace({
      'plans/a.yaml': 'a',
      'plans/deep/c.yaml': 'c',
      'setpoint.yaml': 'name: x',
    });
    const repository = await opened(dir);
    const head = repository.head!;
    expect(await repository.filesAt(head, 'plans')).toEqual(['plans/a.yaml', 'plans/deep/c.yaml']);
    expect(await repository.filesAt(head, 'plans/')).toHaveLength(2);
    expect(await repository.filesAt(head, '')).toHaveLength(3);
    expect(await repository.filesAt(head, 'nothing')).toEqual([]);
    expect(await repository.existsAt(head, A!)).toBe(true);
    expect(await repository.existsAt(head, B!)).toBe(false);
    await expect(repository.filesAt(NOWHERE, '')).rejects.toThrow(/SP5031/);
  });

  test('commits are the same, ancestor, diverged or unknown', async () => {
    const dir = newWorkspace();
    const repository = await opened(dir);
    const first = repository.head!;
    const second = commitAll(dir);
    plainGit(dir, 'checkout', '-q', '-b', 'side', first);
    const side = commitAll(dir, 'side');
    plainGit(dir, 'checkout', '-q', '--orphan', 'alone');
    const alone = commitAll(dir, 'alone');
    expect(await repository.relation(first, first)).toBe('same');
    expect(await repository.relation(first, second)).toBe('ancestor');
    expect(await repository.relation(second, first)).toBe('diverged');
    expect(await repository.relation(side, second)).toBe('diverged');
    expect(await repository.relation(alone, second)).toBe('diverged');
    expect(await repository.relation(NOWHERE, second)).toBe('unknown');
    expect(await repository.relation(second, NOWHERE)).toBe('unknown');
    expect(await repository.relation(NOWHERE, NOWHERE)).toBe('unknown');
    expect(await repository.isShallow()).toBe(false);
  });

  test('a shallow clone does not know what lies beyond its boundary', async () => {
    const dir = newWorkspace();
    const first = commitAll(dir, 'first');
    plainGit(dir, 'branch', 'old');
    commitAll(dir, 'second');
    put(dir, { 'plans/b.yaml': 'b' });
    const third = commitAll(dir, 'third');
    const clone = scratchDirectory();
    plainGit(clone, 'clone', '-q', '--depth=1', '--no-single-branch', `file://${dir}`, '.');
    const repository = await opened(clone);
    expect(await repository.isShallow()).toBe(true);
    expect(await repository.relation(third, third)).toBe('same');
    // Both are here, the commits between are not: git itself says "no".
    expect(await repository.relation(first, third)).toBe('unknown');
    expect(await repository.deletionShown(A!, first, third)).toBe(false);
  });

  test('a deletion is shown only by descendants that lack the file', async () => {
    const dir = newWorkspace({ 'plans/a.yaml': 'a', 'plans/b.yaml': 'b' });
    const repository = await opened(dir);
    const before = repository.head!;
    rmSync(join(dir, A!));
    const after = commitAll(dir, 'gone');
    plainGit(dir, 'checkout', '-q', '--orphan', 'alone');
    const alone = commitAll(dir, 'alone');
    expect(await repository.deletionShown(A!, before, after)).toBe(true);
    expect(await repository.deletionShown(B!, before, after)).toBe(false);
    expect(await repository.deletionShown(A!, after, before)).toBe(false);
    expect(await repository.deletionShown(A!, before, alone)).toBe(false);
    expect(await repository.deletionShown(A!, NOWHERE, after)).toBe(false);
    expect(await repository.deletionShown(paths('plans/never.yaml')[0]!, before, after)).toBe(
      false,
    );
  });

  test('a replacement ref forges no ancestry', async () => {
    const dir = newWorkspace();
    const first = commitAll(dir, 'first');
    plainGit(dir, 'checkout', '-q', '--orphan', 'alone');
    const alone = commitAll(dir, 'alone');
    plainGit(dir, 'replace', '--graft', alone, first);
    expect(await (await opened(dir)).relation(first, alone)).toBe('diverged');
  });
});

describe('a workspace in a subdirectory', () => {
  test('has paths of its own', async () => {
    const dir = newWorkspace({
      'ops/hosts/plans/a.yaml': 'a',
      'ops/hosts/setpoint.yaml': 'name: x',
      'plans/a.yaml': 'other',
    });
    const workspace = join(dir, 'ops/hosts');
    const repository = await opened(workspace);
    const before = repository.head!;
    expect(repository.top).toBe(dir);
    expect(await repository.filesAt(before, '')).toEqual(['plans/a.yaml', 'setpoint.yaml']);
    expect(await repository.filesAt(before, 'plans')).toEqual(['plans/a.yaml']);
    put(dir, { 'plans/a.yaml': 'changed' });
    expect(await repository.dirtyAmong([A!])).toEqual([]);
    put(workspace, { 'plans/a.yaml': 'changed' });
    expect(await repository.dirtyAmong([A!])).toEqual([A]);
    rmSync(join(workspace, A!));
    const after = commitAll(dir);
    expect(await repository.existsAt(after, A!)).toBe(false);
    expect(await repository.deletionShown(A!, before, after)).toBe(true);
  });

  test('whose name is odd works too', async () => {
    const dir = newWorkspace({ x: 'x' });
    const workspace = join(dir, "it's ü\nnew");
    mkdirSync(workspace);
    put(workspace, { 'plans/a.yaml': 'a' });
    commitAll(dir);
    const repository = await opened(workspace);
    expect(await repository.filesAt(repository.head!, '')).toEqual([A]);
    expect(await repository.dirtyAmong([A!])).toEqual([]);
  });
});
