import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withWorkspaceWriter } from '../../../../src/git/workspace/workspace-writer.ts';
import type {
  EntryChange,
  WorkspaceWriter,
} from '../../../../src/git/workspace/workspace-writer.ts';
import type { CommitId } from '../../../../src/model/brand.ts';
import { plainGit, scratchDirectory } from '../scratch.ts';
import { commitAll, newWorkspace, put } from '../workspace-samples.ts';

const WHO = Object.fromEntries(
  ['AUTHOR', 'COMMITTER'].flatMap((role) => [
    [`GIT_${role}_NAME`, 'Olivia'],
    [`GIT_${role}_EMAIL`, 'olivia@example.org'],
    [`GIT_${role}_DATE`, '@1700000000 +0100'],
  ]),
);

function writing<T>(dir: string, work: (writer: WorkspaceWriter) => Promise<T>, uid = 1000) {
  const place = { gitDir: join(dir, '.git'), searchPath: process.env['PATH'], caller: { uid } };
  return withWorkspaceWriter(place, work);
}

function head(dir: string): CommitId {
  return plainGit(dir, 'rev-parse', 'HEAD').trim() as CommitId;
}

function blob(dir: string, name: string): string {
  return plainGit(dir, 'rev-parse', `HEAD:${name}`).trim();
}

/** Makes the branch with these changes; gives its commit. */
function branch(
  dir: string,
  name: string,
  changes: readonly EntryChange[],
  { parent = head(dir), uid = 1000 } = {},
) {
  return writing(
    dir,
    async (writer) => {
      const tree = await writer.tree(parent, changes);
      const commit = await writer.commit({ tree, parent, message: 'back\n', identity: WHO });
      await writer.createBranch(name, commit);
      return commit;
    },
    uid,
  );
}

test.each([false, true])(
  'a branch is made beside staged, unstaged and untracked changes, hooks and all (detached: %s)',
  async (detached) => {
    const dir = newWorkspace({ 'plans/a.yaml': 'a\n', 'plans/b.yaml': 'b\n', 'x y\n,z': 'x\n' });
    if (detached) plainGit(dir, 'checkout', '-q', '--detach');
    put(dir, { 'plans/a.yaml': 'staged\n', new: 'staged\n' });
    plainGit(dir, 'add', '-A');
    put(dir, { 'plans/a.yaml': 'edited\n', untracked: 'x\n' });
    const ran = join(dir, 'ran');
    const hooks = ['reference-transaction', 'post-commit', 'post-index-change', 'pre-push'];
    for (const hook of hooks) {
      writeFileSync(join(dir, '.git/hooks', hook), `#!/bin/sh\ntouch '${ran}'\n`);
      chmodSync(join(dir, '.git/hooks', hook), 0o755);
    }
    const look = () => [
      readFileSync(join(dir, '.git/index')),
      readFileSync(join(dir, '.git/HEAD'), 'utf8'),
      readFileSync(join(dir, '.git/config'), 'utf8'),
      execFileSync('git', ['--no-optional-locks', 'status', '--porcelain=v2'], { cwd: dir }),
    ];
    const before = look();
    const id = blob(dir, 'plans/b.yaml');
    const commit = await branch(dir, 'back/a', [
      ['plans/a.yaml', { mode: '100755', id }],
      ['plans/b.yaml', null],
      ['files/c', { mode: '100644', id }],
    ]);
    expect(look()).toEqual(before);
    expect(existsSync(ran)).toBe(false);
    expect(plainGit(dir, 'rev-parse', 'back/a', 'back/a^')).toBe(`${commit}\n${head(dir)}\n`);
    expect(plainGit(dir, 'diff', '--raw', '--no-abbrev', '--no-renames', 'HEAD', 'back/a')).toMatch(
      /^:000000 100644 \S+ \S+ A\tfiles\/c\n:100644 100755 \S+ \S+ M\tplans\/a.yaml\n:100644 000000 \S+ \S+ D\tplans\/b.yaml\n$/,
    );
    const facts = plainGit(dir, 'log', '-1', '--format=%an <%ae> %at %cn %B', 'back/a');
    expect(facts).toBe('Olivia <olivia@example.org> 1700000000 Olivia back\n\n');
  },
);

test('a branch that is there is read, and never moved; one beneath its name cannot be made', async () => {
  const dir = newWorkspace();
  const commit = await branch(dir, 'back', []);
  await writing(dir, async (writer) => {
    const tree = plainGit(dir, 'rev-parse', 'HEAD^{tree}').trim();
    expect(await writer.tipOf('back')).toEqual({ commit, tree, parents: [head(dir)] });
    await writer.createBranch('more/back', commit);
    expect(await writer.tipOf('more')).toBeNull();
    const others = ['back/a/b', 'more', 'more/else', 'back', 'bac'].map((name) =>
      writer.inTheWayOf(name),
    );
    expect(await Promise.all(others)).toEqual(['back', 'more/back', null, null, null]);
    for (const name of ['back', 'back/more']) {
      await expect(writer.createBranch(name, head(dir))).rejects.toMatchObject({
        exitCode: 1,
        diagnostics: [{ code: 'SP5039', message: expect.stringContaining('refs/heads/back') }],
      });
    }
  });
  expect(plainGit(dir, 'rev-parse', 'back').trim()).toBe(commit);
});

test('contents are merged as git does it; a conflict and what is no text are none', async () => {
  const base = '1\n2\n3\n4\n5\n';
  const dir = newWorkspace({ base, ours: base.replace('5', 'five'), theirs: `0\n${base}` });
  put(dir, { other: base.replace('5', 'V'), binary: '\0' });
  commitAll(dir);
  const [b, o, t, x, bin] = ['base', 'ours', 'theirs', 'other', 'binary'].map((n) => blob(dir, n));
  await writing(dir, async (writer) => {
    const merged = await writer.merge(b!, o!, t!);
    expect(plainGit(dir, 'cat-file', 'blob', merged!)).toBe('0\n1\n2\n3\n4\nfive\n');
    expect(await writer.merge(b!, o!, x!)).toBeNull();
    expect(await writer.merge(b!, o!, bin!)).toBeNull();
  });
});

test('a repository that cannot be written is said so', async () => {
  const dir = newWorkspace();
  const parent = head(dir);
  rmSync(join(dir, '.git/objects', parent.slice(0, 2)), { recursive: true });
  await expect(writing(dir, (writer) => writer.tree(parent, []))).rejects.toMatchObject({
    diagnostics: [{ code: 'SP5039', help: expect.stringContaining('git fsck') }],
  });
});

test.skipIf(process.geteuid?.() !== 0)(
  'what root adds belongs to the owner of the repository (needs root)',
  async () => {
    const dir = newWorkspace();
    const parent = head(dir);
    execFileSync('chown', ['-R', '12345:12345', dir]);
    const commit = await branch(dir, 'back/a', [['plans/a.yaml', null]], { parent, uid: 0 });
    const written = execFileSync('find', [join(dir, '.git'), '!', '-uid', '12345'], {
      encoding: 'utf8',
    });
    expect(written).toBe('');
    const object = join(dir, '.git/objects', commit.slice(0, 2), commit.slice(2));
    expect(statSync(object).uid).toBe(12345);
  },
);

test('the scratch directory is gone afterwards', async () => {
  const dir = newWorkspace();
  const temporary = scratchDirectory();
  const { TMPDIR } = process.env;
  process.env['TMPDIR'] = temporary;
  await branch(dir, 'back', []).finally(() => {
    if (TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = TMPDIR;
  });
  expect(execFileSync('ls', ['-A', temporary], { encoding: 'utf8' })).toBe('');
});
