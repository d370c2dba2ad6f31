import { expect, test } from 'vitest';
import { REMOTE, remoteGit } from '../../../../src/git/remote/remote-git.ts';
import { systemClock } from '../../../../src/host/clock.ts';
import type { CommandResult, Commands } from '../../../../src/host/ports.ts';
import type { Millis } from '../../../../src/model/brand.ts';

const NOTHING_SET = { exitCode: 1, stdout: '', stderr: '', timedOut: false, spawnError: null };

test('whether a person has a command of their own for ssh is asked once, however often the remote is', async () => {
  const called: (readonly [command: string, ssh: string | undefined])[] = [];
  const commands = {
    run: (argv: readonly string[], { env }: { env?: Readonly<Record<string, string>> }) => {
      called.push([argv[2] ?? '', env?.['GIT_SSH_COMMAND']]);
      return Promise.resolve(NOTHING_SET as CommandResult);
    },
  } as Commands;
  const limit = 1000 as Millis;
  const place = { gitDir: '/nowhere', cwd: '/', url: 'ssh://nowhere/x', env: {} };
  const git = remoteGit({ ...place, commands, clock: systemClock, limit });
  await git(['ls-remote', REMOTE]);
  await git(['fetch', REMOTE]);
  const batch = 'ssh -oBatchMode=yes';
  expect(called).toEqual([
    ['config', undefined],
    ['ls-remote', batch],
    ['fetch', batch],
  ]);
});
