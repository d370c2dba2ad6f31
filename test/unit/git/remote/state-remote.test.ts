import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stateAddress } from '../../../../src/git/remote/state-address.ts';
import type { StateAddress } from '../../../../src/git/remote/state-address.ts';
import { statePlace } from '../../../../src/git/record/state-paths.ts';
import { obstacleOf, relationTo } from '../../../../src/git/remote/state-relation.ts';
import { openStateRemote } from '../../../../src/git/remote/state-remote.ts';
import type { StateRemote } from '../../../../src/git/remote/state-remote.ts';
import { systemClock } from '../../../../src/host/clock.ts';
import { hostCommands } from '../../../../src/host/commands.ts';
import type { Commands } from '../../../../src/host/ports.ts';
import type { CommitId, Millis } from '../../../../src/model/brand.ts';
import { plainGit, scratchDirectory } from '../scratch.ts';
import { change, commitChange, HOST, newState } from '../state-samples.ts';

const BRANCH = 'setpoint/cp-1';

function remoteAt(
  stateDir: string,
  url: string,
  {
    limit = 60_000,
    env = {},
    commands = hostCommands(process.env),
  }: { limit?: number; env?: Record<string, string>; commands?: Commands } = {},
): StateRemote {
  return openStateRemote({
    place: statePlace(stateDir, HOST),
    address: stateAddress({ remote: url, branch: null }, HOST, stateDir),
    env: { PATH: process.env['PATH'], ...env },
    commands,
    clock: systemClock,
    limit: limit as Millis,
  });
}

function bare(): string {
  const dir = scratchDirectory();
  plainGit(dir, 'init', '--quiet', '--bare', dir);
  return dir;
}

/** What the network does is a program of the story. */
function sshThat(script: string): Record<string, string> {
  const file = join(scratchDirectory(), 'ssh');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return { GIT_SSH_COMMAND: file };
}

describe('the remote of recorded state', () => {
  test('gets what is pushed, and what it has is remembered without asking it', async () => {
    const [stateDir, dir] = [scratchDirectory(), bare()];
    const commit = await commitChange(newState({ stateDir }), change('/a'));
    const remote = remoteAt(stateDir, dir);
    expect([await remote.ask(), await remote.pushed()]).toEqual([null, null]);
    // One that only ends like it.
    plainGit(
      stateDir,
      '--git-dir',
      join(stateDir, 'state.git'),
      'push',
      dir,
      `${commit}:refs/heads/x/refs/heads/${BRANCH}`,
    );
    expect(await remote.ask()).toBeNull();
    expect(await remote.push(commit)).toEqual({ was: null });
    expect(await remote.push(commit)).toEqual({ was: commit });
    await remote.notePushed(commit);
    expect([await remote.ask(), await remote.pushed()]).toEqual([commit, commit]);
    expect(await remoteAt(stateDir, `${dir}/`).pushed()).toBeNull();
    const next = await commitChange(newState({ stateDir }), change('/b'), commit);
    expect(await remote.push(next)).toEqual({ was: commit });
  });

  test('is never overwritten: a commit that does not follow is told as moved, and what is there can be fetched', async () => {
    const [one, other, dir] = [scratchDirectory(), scratchDirectory(), bare()];
    const first = await commitChange(newState({ stateDir: one }), change('/a'));
    const second = await commitChange(newState({ stateDir: other }), change('/b'));
    await remoteAt(one, dir).push(first);
    const remote = remoteAt(other, dir);
    expect(await remote.push(second)).toBe('moved');
    expect(plainGit(dir, 'rev-parse', BRANCH).trim()).toBe(first);
    expect(await relationTo(remote.local, second, first)).toBe('unknown');
    expect([await remote.fetch(), await remote.met()]).toEqual([first, first]);
    expect(await relationTo(remote.local, second, first)).toBe('diverged');
    expect(await newState({ stateDir: other }).head()).toBe(second);
  });

  test('that does not answer in time is given up', async () => {
    const stateDir = scratchDirectory();
    const commit = await commitChange(newState({ stateDir }), change('/a'));
    const env = sshThat('exec sleep 1000');
    const remote = remoteAt(stateDir, 'ssh://user:s3cret@host/x.git', { limit: 1500, env });
    const message = expect.stringMatching(
      /SP5080 .*ssh:\/\/\*\*\*@host\/x.git: no answer within 1.5 seconds/,
    );
    for (const asked of [() => remote.push(commit), () => remote.ask(), () => remote.fetch()]) {
      await expect(asked()).rejects.toMatchObject({ message });
    }
  });

  test('that asks for a password gets no answer: no program of the caller is started, and the message says what is missing', async () => {
    const [home, asked] = [scratchDirectory(), join(scratchDirectory(), 'asked')];
    const program = join(home, 'ask');
    writeFileSync(program, `#!/bin/sh\ntouch ${asked}\necho x\n`, { mode: 0o755 });
    writeFileSync(join(home, '.gitconfig'), `[core]\n\taskPass = ${program}\n`);
    const server = createServer((_, answer) => {
      answer.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const env = { HOME: home, GIT_ASKPASS: program, SSH_ASKPASS: program, DISPLAY: ':0' };
    const remote = remoteAt(scratchDirectory(), `http://127.0.0.1:${port}/x.git`, { env });
    const message = expect.stringContaining('no credential helper of git has them');
    await expect(remote.ask()).rejects.toMatchObject({ message });
    expect(existsSync(asked)).toBe(false);
    server.close();
  });

  test('is reached by the ssh command of the caller’s git settings; without one, ssh asks nothing', async () => {
    const [home, said] = [scratchDirectory(), join(scratchDirectory(), 'said')];
    const ssh = (name: string): string => {
      writeFileSync(join(home, name), `#!/bin/sh\necho ${name} $1 >> ${said}\nexit 1\n`, {
        mode: 0o755,
      });
      return join(home, name);
    };
    const search = { HOME: home, PATH: `${home}:${process.env['PATH'] ?? ''}` };
    ssh('ssh');
    const commands = hostCommands(search);
    const remote = () =>
      remoteAt(scratchDirectory(), 'ssh://git@host/x.git', { env: search, commands });
    await expect(remote().ask()).rejects.toThrow('SP5080');
    writeFileSync(join(home, '.gitconfig'), `[core]\n\tsshCommand = ${ssh('mine')}\n`);
    await expect(remote().ask()).rejects.toThrow('SP5080');
    const [first, second] = readFileSync(said, 'utf8').split('\n');
    expect(first).toBe('ssh -oBatchMode=yes');
    expect(second).toMatch(/^mine/);
  });

  test('has the words of its server in the message, without credentials', async () => {
    const env = sshThat(
      'echo "fatal: no room for s3cret@x in ssh://eve:s3cret@host/x" >&2; exit 1',
    );
    const remote = remoteAt(scratchDirectory(), 'ssh://eve:s3cret@host/x.git', { env });
    const message = await remote.ask().then(
      () => '',
      (error: Error) => error.message,
    );
    expect(message).toContain('ssh://***@host/x.git');
    expect(message).not.toContain('eve');
  });
});

describe('an obstacle', () => {
  test.each([
    ['the remote went on from what was pushed', 'kept', 'older-copy'],
    ['what was pushed is not there any more', 'gone', 'rewritten'],
  ])('%s: %s', async (_words, pushedIs, is) => {
    const stateDir = scratchDirectory();
    const state = newState({ stateDir });
    const first = await commitChange(state, change('/a'));
    const second = await commitChange(state, change('/b'), first);
    const gitDir = state.dir;
    const elsewhere = (parent: string): CommitId =>
      plainGit(
        gitDir,
        'commit-tree',
        `${second}^{tree}`,
        '-p',
        parent,
        '-m',
        'x',
      ).trim() as CommitId;
    const there = elsewhere(first);
    const remote = remoteAt(stateDir, '/srv/x.git');
    const pushed = pushedIs === 'kept' ? first : second;
    expect(await obstacleOf(remote.local, second, there, pushed)).toEqual({ is });
  });

  test('a record that does not say whose it is is damaged, not another host', async () => {
    const stateDir = scratchDirectory();
    const state = newState({ stateDir });
    const head = await commitChange(state, change('/a'));
    const empty = plainGit(state.dir, 'hash-object', '-t', 'tree', '-w', '/dev/null').trim();
    const there = plainGit(state.dir, 'commit-tree', empty, '-m', 'x').trim() as CommitId;
    const { local } = remoteAt(stateDir, '/srv/x.git');
    expect(await obstacleOf(local, head, there, head)).toEqual({ is: 'damaged' });
  });
});

function address(remote: string): StateAddress {
  return stateAddress({ remote, branch: null }, HOST, '/var/lib/setpoint');
}

describe('the address', () => {
  test('is another one for another place, not for another password', () => {
    const [one, changed, other] = ['eve:a@host', 'eve:b@host', 'eve:a@other'].map(
      (place) => address(`https://${place}/x.git`).pushedRef,
    );
    expect(one).toBe(changed);
    expect(one).not.toBe(other);
    expect(one).toMatch(/^refs\/remotes\/state-[0-9a-f]{12}\/setpoint\/cp-1$/);
  });

  test.each([
    'state.git',
    '../x',
    '/var/lib/setpoint',
    'file:///var/lib/setpoint/x',
    'file://other/srv/x',
    'ext::sh -c true',
  ])('is refused when it is no second place: %s', (remote) => {
    expect(() => address(remote)).toThrow('SP5081');
  });
});
