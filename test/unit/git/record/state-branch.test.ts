import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  openSync,
  writeFileSync,
  closeSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { SetpointError } from '../../../../src/diagnostics/setpoint-error.ts';
import { openStateRepository } from '../../../../src/git/record/state-repository.ts';
import type { CommitId, HostName } from '../../../../src/model/brand.ts';
import { plainGit, scratchDirectory } from '../scratch.ts';
import { HOST, change, commitChange, commitSpec, newState } from '../state-samples.ts';

describe('moving the branch', () => {
  test('again, or when the branch is already beyond, is done without a change', async () => {
    const state = newState();
    const first = await commitChange(state, change('/a'));
    const second = await commitChange(state, change('/b'), first);
    await state.advance(second, first);
    await state.advance(first, null);
    expect(await state.head()).toBe(second);
  });

  test('a branch that git packed is found, and one of its own file is not taken for a new one', async () => {
    const state = newState();
    const first = await commitChange(state, change('/a'));
    plainGit(state.dir, 'pack-refs', '--all');
    expect(existsSync(join(state.dir, 'refs/heads/setpoint', HOST))).toBe(false);
    expect(await state.head()).toBe(first);
    const second = await commitChange(state, change('/b'), first);
    expect(await state.head()).toBe(second);
  });

  test('a branch that someone else moved is not overwritten', async () => {
    const state = newState();
    const first = await commitChange(state, change('/a'));
    const ours = await state.writeCommit(
      commitSpec(await state.prepare(first, change('/b')), first),
    );
    const theirs = await commitChange(state, change('/c'), first);
    await expect(state.advance(ours, first)).rejects.toMatchObject({
      exitCode: 6,
      message: expect.stringMatching(/^SP5012 .*expected at/),
    });
    expect(await state.head()).toBe(theirs);
  });

  test('a branch that appeared where none was expected is not overwritten', async () => {
    const state = newState();
    const ours = await state.writeCommit(commitSpec(await state.prepare(null, change('/a'))));
    const theirs = await commitChange(state, change('/b'));
    await expect(state.advance(ours, null)).rejects.toThrow(/SP5012/);
    expect(await state.head()).toBe(theirs);
  });

  test('a commit that is not in the repository moves nothing', async () => {
    const state = newState();
    const first = await commitChange(state, change('/a'));
    await expect(state.advance('1'.repeat(40) as CommitId, first)).rejects.toThrow(/SP5002/);
    expect(await state.head()).toBe(first);
  });

  test('a lost branch is not taken for an empty one, and the help brings it back', async () => {
    const state = newState();
    const first = await commitChange(state, change('/a'));
    const second = await commitChange(state, change('/b'), first);
    rmSync(join(state.dir, 'refs/heads/setpoint', HOST));
    const lost = await state.load().catch((error: unknown) => error);
    expect(lost).toMatchObject({ message: expect.stringMatching(/^SP5011 .*the branch is gone/) });
    const help = lost instanceof SetpointError ? (lost.diagnostics[0]?.help ?? '') : '';
    execFileSync('sh', ['-ec', /`([^`]+)`/.exec(help)?.[1] ?? 'false']);
    expect(await state.head()).toBe(second);
  });

  test('a branch that git deleted is no damage', async () => {
    const state = newState();
    const first = await commitChange(state, change('/a'));
    await commitChange(state, change('/b'), first);
    plainGit(state.dir, 'update-ref', '-d', `refs/heads/setpoint/${HOST}`);
    expect(await state.head()).toBeNull();
  });

  test('a damaged branch is not taken for an empty one', async () => {
    const state = newState();
    await commitChange(state, change('/a'));
    writeFileSync(join(state.dir, `refs/heads/setpoint/${HOST}`), '');
    await expect(state.load()).rejects.toThrow(/SP5011/);
    writeFileSync(join(state.dir, `refs/heads/setpoint/${HOST}`), `${'1'.repeat(40)}\n`);
    await expect(state.load()).rejects.toThrow(/SP5002/);
  });
});

test.each(['', 'garbage\n'])(
  'a branch file that reads %j is put back by the command that is told',
  async (text) => {
    const state = newState();
    await commitChange(state, change('/a'));
    const last = await commitChange(state, change('/b'), await state.head());
    writeFileSync(join(state.dir, `refs/heads/setpoint/${HOST}`), text);
    const told: unknown = await state.head().catch((error: unknown) => error);
    const help = told instanceof SetpointError ? (told.diagnostics[0]?.help ?? '') : '';
    expect(help).toContain(last);
    const command = /`(rm [^`]+)`/.exec(help)?.[1] ?? 'false';
    execFileSync('sh', ['-c', command]);
    expect(await state.head()).toBe(last);
  },
);

describe('what a killed git leaves behind', () => {
  const locks = [
    `refs/heads/setpoint/${HOST}.lock`,
    'HEAD.lock',
    'config.lock',
    'packed-refs.lock',
    'setpoint.index.lock',
  ];

  test('lock files are removed and the next run commits', async () => {
    const state = newState();
    const first = await commitChange(state, change('/a'));
    for (const lock of locks) writeFileSync(join(state.dir, lock), '');
    const second = await state.writeCommit(
      commitSpec(await state.prepare(first, change('/b')), first),
    );
    await state.advance(second, first);
    expect(await state.head()).toBe(second);
    for (const lock of locks) expect(existsSync(join(state.dir, lock))).toBe(false);
  });

  test('a lock file that a live process holds open stays, and its process is named', async () => {
    const state = newState();
    await commitChange(state, change('/a'));
    const lock = join(state.dir, 'HEAD.lock');
    const fd = openSync(lock, 'w');
    onTestFinished(() => closeSync(fd));
    await expect(state.clearStaleLocks()).rejects.toMatchObject({
      exitCode: 5,
      message: expect.stringContaining(`SP5013 process ${process.pid} `),
    });
    expect(existsSync(lock)).toBe(true);
  });

  test('a lock file stays while a git works on the repository', async () => {
    const state = newState();
    await commitChange(state, change('/a'));
    writeFileSync(join(state.dir, 'HEAD.lock'), '');
    const git = spawn('git', ['cat-file', '--batch'], {
      cwd: state.dir,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    git.stdin.write('HEAD\n');
    await once(git.stdout, 'data');
    await expect(state.clearStaleLocks()).rejects.toThrow(/SP5013/);
    git.stdin.end();
    await once(git, 'exit');
    expect(await state.clearStaleLocks()).toEqual([join(state.dir, 'HEAD.lock')]);
  });

  test('a half made repository is no repository and is made anew', async () => {
    const stateDir = scratchDirectory();
    mkdirSync(join(stateDir, 'state.git.new', 'objects'), { recursive: true });
    const state = newState({ stateDir });
    expect((await state.load()).head).toBeNull();
    await commitChange(state, change('/a'));
    expect(existsSync(join(stateDir, 'state.git.new'))).toBe(false);
  });
});

describe('who may touch the repository', () => {
  test('one that others can write is refused, for reading too', async () => {
    const state = newState();
    await commitChange(state, change('/a'));
    chmodSync(state.dir, 0o770);
    await expect(state.load()).rejects.toThrow(/SP5003.*can be written by others/);
    await expect(state.prepare(null, change('/b'))).rejects.toThrow(/SP5003/);
  });

  test.skipIf(process.geteuid?.() !== 0)(
    'one of another user is refused (needs root)',
    async () => {
      const state = newState();
      await commitChange(state, change('/a'));
      chownSync(state.dir, 12_345, 12_345);
      await expect(state.load()).rejects.toThrow(/SP5003.*another user/);
    },
  );

  test('git inherits the run lock and nothing of the caller', async () => {
    const dir = scratchDirectory();
    const fd = openSync(join(dir, 'lock'), 'w');
    onTestFinished(() => closeSync(fd));
    const seen = join(dir, 'seen');
    writeFileSync(
      join(dir, 'git'),
      `#!/bin/sh\nPATH=/usr/bin:/bin\n{ env; ls -l /proc/$$/fd; } >> '${seen}'\nexec git "$@"\n`,
    );
    chmodSync(join(dir, 'git'), 0o755);
    process.env['GIT_DIR'] = '/nonexistent';
    onTestFinished(() => void delete process.env['GIT_DIR']);
    await newState({ searchPath: dir, lockFd: fd })
      .prepare(null, change('/a'))
      .catch(() => undefined);
    const text = readFileSync(seen, 'utf8');
    expect(text).toContain(`3 -> ${join(dir, 'lock')}`);
    expect(text).not.toContain('GIT_DIR');
    expect(text).toContain('GIT_CONFIG_GLOBAL=/dev/null');
  });
});

describe('what git itself cannot do', () => {
  test('a missing git is said so', async () => {
    const state = newState({ searchPath: scratchDirectory() });
    await expect(state.prepare(null, change('/a'))).rejects.toThrow(/SP5001 git was not found/);
  });

  test('a git that ignores core.fsync is refused', async () => {
    const dir = scratchDirectory();
    writeFileSync(join(dir, 'git'), '#!/bin/sh\necho git version 2.35.9\n');
    chmodSync(join(dir, 'git'), 0o755);
    await expect(
      newState({ searchPath: `${dir}:/bin` }).prepare(null, change('/a')),
    ).rejects.toThrow(/SP5001 git is too old: "git version 2.35.9", 2.36 or newer/);
  });

  test.each(['a..b', 'x.lock', '-x', 'a/b', 'a b', ''])(
    'the host name %j is refused before anything happens',
    (host) => {
      const open = () =>
        openStateRepository({
          stateDir: '/nonexistent',
          host: host as HostName,
          newHostId: () => 'x',
        });
      expect(open).toThrow(/SP5015/);
    },
  );

  test('a state directory that cannot be used is an error for people', async () => {
    const dir = scratchDirectory();
    writeFileSync(join(dir, 'file'), '');
    const state = newState({ stateDir: join(dir, 'file', 'state') });
    await expect(state.prepare(null, change('/a'))).rejects.toThrow(/SP5004.*ENOTDIR/);
    await expect(state.load()).rejects.toThrow(/SP5004.*ENOTDIR/);
  });

  test('git commands by hand see a sound bare repository', async () => {
    const state = newState();
    await commitChange(state, change('/a'));
    expect(plainGit(state.dir, 'config', 'core.fsync')).toBe('all\n');
    expect(plainGit(state.dir, 'rev-parse', '--is-bare-repository')).toBe('true\n');
    expect(plainGit(state.dir, 'reflog', `setpoint/${HOST}`)).toContain('setpoint: advance to');
  });
});
