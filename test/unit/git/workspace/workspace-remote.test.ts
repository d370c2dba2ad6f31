import { chmodSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gitIdentity } from '../../../../src/git/workspace/git-identity.ts';
import { userGit } from '../../../../src/git/workspace/user-git.ts';
import type { UserGit } from '../../../../src/git/workspace/user-git.ts';
import { findRemote, pushBranch } from '../../../../src/git/workspace/workspace-remote.ts';
import type { PushPlace, WorkspaceRemote } from '../../../../src/git/workspace/workspace-remote.ts';
import type { CommitId } from '../../../../src/model/brand.ts';
import { systemClock } from '../../../../src/host/clock.ts';
import { hostCommands } from '../../../../src/host/commands.ts';
import { plainGit, scratchDirectory } from '../scratch.ts';
import { commitAll, newWorkspace, put } from '../workspace-samples.ts';

function asked(dir: string, env: Readonly<Record<string, string>> = {}): UserGit {
  const clean = { PATH: process.env['PATH'], HOME: scratchDirectory() };
  return userGit({ dir, env: { ...clean, ...env }, commands: hostCommands(clean) });
}

function pushPlace(
  dir: string,
  remote: WorkspaceRemote,
  more: Readonly<Record<string, string>> = {},
): PushPlace {
  const env = { PATH: process.env['PATH'], HOME: scratchDirectory(), ...more };
  const { signal } = new AbortController();
  const commands = hostCommands(env);
  return { gitDir: join(dir, '.git'), top: dir, remote, env, commands, clock: systemClock, signal };
}

function workspaceWith(...remotes: readonly string[]): string {
  const dir = newWorkspace();
  for (const name of remotes) plainGit(dir, 'remote', 'add', name, `file:///nowhere/${name}.git`);
  return dir;
}

describe("the workspace's own remote is", () => {
  test.each<[string, readonly string[], Readonly<Record<string, string>>, string]>([
    ['the only one', ['team'], {}, 'team'],
    ['origin among several', ['a', 'origin'], {}, 'origin'],
    ['remote.pushDefault before it', ['a', 'origin'], { 'remote.pushDefault': 'a' }, 'a'],
    [
      "that of the branch's upstream before all",
      ['a', 'b', 'origin'],
      { 'remote.pushDefault': 'a', 'branch.main.remote': 'b' },
      'b',
    ],
    [
      'a remote, when the upstream is a branch here',
      ['origin', 'a'],
      { 'branch.main.remote': '.' },
      'origin',
    ],
  ])('%s', async (_, remotes, settings, name) => {
    const dir = workspaceWith(...remotes);
    for (const [key, value] of Object.entries(settings)) plainGit(dir, 'config', key, value);
    expect(await findRemote(asked(dir))).toEqual({
      name,
      url: `file:///nowhere/${name}.git`,
    });
  });

  test.each([[[]], [['a', 'b']]])('none of %j: said so', async (remotes) => {
    await expect(findRemote(asked(workspaceWith(...remotes)))).rejects.toMatchObject({
      exitCode: 64,
      diagnostics: [{ code: 'SP5038', help: expect.stringContaining('remote.pushDefault') }],
    });
  });
});

test('an address for pushes counts', async () => {
  const dir = workspaceWith('origin');
  plainGit(dir, 'config', 'remote.origin.pushurl', '/else.git');
  expect(await findRemote(asked(dir))).toEqual({ name: 'origin', url: '/else.git' });
});

test.each(['the repository', 'the caller'])('a deploy key that %s sets counts', async (who) => {
  const dir = newWorkspace({ x: 'x' });
  const [heard, own] = ['heard', 'settings'].map((name) => join(scratchDirectory(), name));
  const file = who === 'the caller' ? own : join(dir, '.git/config');
  plainGit(dir, 'config', '--file', file ?? '', 'core.sshCommand', `echo key >> ${heard}; false`);
  const env = who === 'the caller' ? { GIT_CONFIG_GLOBAL: own ?? '' } : {};
  plainGit(dir, 'remote', 'add', 'origin', 'ssh://nowhere/x');
  const place = pushPlace(dir, await findRemote(asked(dir, env)), env);
  await expect(pushBranch(place, 'back', 'HEAD' as CommitId)).rejects.toMatchObject({
    diagnostics: [{ code: 'SP5038' }],
  });
  expect(readFileSync(heard ?? '', 'utf8')).toContain('key');
});

test('a push is never forced, runs no hook, and asks for another name where that one is taken', async () => {
  const [dir, other] = [newWorkspace(), newWorkspace({ x: 'x' })];
  const bare = join(scratchDirectory(), 'bare.git');
  plainGit(dir, 'clone', '-q', '--bare', other, bare);
  // As git does it: from the top of the working tree.
  plainGit(dir, 'remote', 'add', 'origin', relative(dir, bare));
  put(dir, { '.git/hooks/pre-push': '#!/bin/sh\nexit 1\n' });
  chmodSync(join(dir, '.git/hooks/pre-push'), 0o755);
  const place = pushPlace(dir, await findRemote(asked(dir)));
  const head = commitAll(dir);
  await pushBranch(place, 'back', head);
  expect(plainGit(dir, 'ls-remote', bare, 'refs/heads/back')).toContain(head);
  const there = plainGit(dir, 'ls-remote', bare, 'refs/heads/main');
  await expect(pushBranch(place, 'main', head)).rejects.toMatchObject({
    diagnostics: [
      {
        code: 'SP5038',
        message: expect.stringMatching(/rejected|fetch first/),
        help: expect.stringContaining('another name with --branch'),
      },
    ],
  });
  expect(plainGit(dir, 'ls-remote', bare, 'refs/heads/main')).toBe(there);
});

describe('who commits', () => {
  test('is who git is told, by variables or by configuration', async () => {
    const dir = newWorkspace();
    plainGit(dir, 'config', 'user.name', 'Olivia <x> Ops');
    plainGit(dir, 'config', 'user.email', 'olivia@example.org');
    const env = { GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: 'ada@example.org' };
    expect(await gitIdentity(asked(dir, env))).toMatchObject({
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.org',
      GIT_AUTHOR_DATE: expect.stringMatching(/^@\d+ [+-]\d{4}$/),
      GIT_COMMITTER_EMAIL: 'olivia@example.org',
    });
  });

  test('is never guessed: the command that says it is told', async () => {
    await expect(gitIdentity(asked(newWorkspace()))).rejects.toMatchObject({
      exitCode: 1,
      diagnostics: [
        {
          code: 'SP5037',
          message: expect.stringContaining('auto-detection is disabled'),
          help: expect.stringContaining('git config --global user.name'),
        },
      ],
    });
  });
});
