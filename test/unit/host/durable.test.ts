import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  createExclusively,
  makeDirectoryDurably,
  removeDurably,
  syncDirectories,
  syncDirectory,
  writeDurably,
} from '../../../src/host/durable.ts';
import { isTemporaryName, temporaryName } from '../../../src/host/temporary-names.ts';
import { errorOf } from './diagnostics-of.ts';
import { mount, mountProblem, withoutRoot } from './privileges.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const oldUmask = process.umask(0o027);
afterAll(() => {
  process.umask(oldUmask);
});

function modeOf(path: string): number {
  return statSync(path).mode & 0o7777;
}

describe('writeDurably', () => {
  test('creates and replaces, with the exact mode whatever the umask, and leaves no litter', async () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'a');
    await writeDurably(path, Buffer.from('one'), 0o666);
    expect(modeOf(path)).toBe(0o666);
    const { ino } = statSync(path);
    await writeDurably(path, Buffer.from('two'), 0o4600);
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(modeOf(path)).toBe(0o4600);
    expect(statSync(path).ino).not.toBe(ino);
    expect(readdirSync(directory)).toEqual(['a']);
  });

  test('replaces a symlink itself, not what it points to', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'target'), 'old');
    symlinkSync('target', join(directory, 'link'));
    await writeDurably(join(directory, 'link'), Buffer.from('new'), 0o600);
    expect(readFileSync(join(directory, 'target'), 'utf8')).toBe('old');
    expect(lstatSync(join(directory, 'link')).isSymbolicLink()).toBe(false);
  });

  test('a name of 255 bytes can be written', async () => {
    const path = join(temporaryDirectory(), 'n'.repeat(255));
    await writeDurably(path, Buffer.from('x'), 0o600);
    expect(readFileSync(path, 'utf8')).toBe('x');
  });

  test('no permission: SP6012 names the path and what to do', async () => {
    const directory = temporaryDirectory();
    chmodSync(directory, 0o555);
    const path = join(directory, 'a');
    const error = await withoutRoot(() => errorOf(() => writeDurably(path, Buffer.of(1), 0o600)));
    expect(error.exitCode).toBe(1);
    expect(error.diagnostics[0]).toMatchObject({
      code: 'SP6012',
      message: `cannot write ${path}: permission denied`,
    });
    expect(error.diagnostics[0]?.help).toContain('Run as root');
    chmodSync(directory, 0o755);
  });

  test('a directory in its place is refused and no litter stays', async () => {
    const directory = temporaryDirectory();
    mkdirSync(join(directory, 'a'));
    const error = await errorOf(() => writeDurably(join(directory, 'a'), Buffer.of(1), 0o600));
    expect(error.diagnostics[0]?.code).toBe('SP6015');
    expect(readdirSync(directory)).toEqual(['a']);
  });

  test.skipIf(mountProblem)('read-only mount: SP6011 (needs root)', async () => {
    const directory = temporaryDirectory();
    mount('-t', 'tmpfs', '-o', 'ro,size=64k', 'tmpfs', directory);
    const error = await errorOf(() => writeDurably(join(directory, 'a'), Buffer.of(1), 0o600));
    expect(error.diagnostics[0]).toMatchObject({ code: 'SP6011' });
    expect(error.message).toContain('its file system is read-only');
  });

  test.skipIf(mountProblem)(
    'a bind-mounted file cannot be replaced and says why (needs root)',
    async () => {
      const directory = temporaryDirectory();
      writeFileSync(join(directory, 'a'), 'old');
      writeFileSync(join(directory, 'b'), '');
      mount('--bind', join(directory, 'a'), join(directory, 'b'));
      const error = await errorOf(() => writeDurably(join(directory, 'b'), Buffer.of(1), 0o600));
      expect(error.message).toContain('in use as a mount point');
      expect(readdirSync(directory).toSorted()).toEqual(['a', 'b']);
    },
  );
});

describe('createExclusively', () => {
  test('of 30 writers exactly one wins, and the content is whole', async () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'decision');
    const results = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        createExclusively(path, Buffer.from(`writer ${n}\n`.repeat(1000)), 0o640),
      ),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
    const winner = results.indexOf(true);
    expect(readFileSync(path, 'utf8')).toBe(`writer ${winner}\n`.repeat(1000));
    expect(modeOf(path)).toBe(0o640);
    expect(statSync(path).nlink).toBe(1);
    expect(readdirSync(directory)).toEqual(['decision']);
  });

  test('a loser whose unfinished file the winner swept away has lost, and nothing else', async () => {
    const directory = temporaryDirectory();
    const path = join(directory, 'decision');
    const loser = createExclusively(path, Buffer.from('loser'), 0o600);
    // It waits for its own sync now.
    const unfinished = readdirSync(directory).filter(isTemporaryName);
    expect(unfinished).toHaveLength(1);
    writeFileSync(path, 'winner');
    for (const name of unfinished) rmSync(join(directory, name));
    expect(await loser).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('winner');
  });

  test('a missing directory is an error, not a lost race', async () => {
    const path = join(temporaryDirectory(), 'none', 'decision');
    const error = await errorOf(() => createExclusively(path, Buffer.of(1), 0o600));
    expect(error.message).toContain(`cannot create ${path}: no such file or directory`);
  });
});

describe('directories and removal', () => {
  test('makes missing parents with the exact mode and says which', async () => {
    const directory = temporaryDirectory();
    const made = await makeDirectoryDurably(join(directory, 'a/b/c'), 0o755);
    expect(made).toEqual([join(directory, 'a'), join(directory, 'a/b'), join(directory, 'a/b/c')]);
    expect(modeOf(join(directory, 'a/b'))).toBe(0o755);
    expect(await makeDirectoryDurably(join(directory, 'a/b'), 0o700)).toEqual([]);
    expect(modeOf(join(directory, 'a/b'))).toBe(0o755);
  });

  test('gives missing parents a mode of their own when asked, whatever the umask', async () => {
    const directory = temporaryDirectory();
    await makeDirectoryDurably(join(directory, 'var/lib/setpoint'), 0o700, 0o755);
    const modes = ['var', 'var/lib', 'var/lib/setpoint'].map((p) => modeOf(join(directory, p)));
    expect(modes).toEqual([0o755, 0o755, 0o700]);
  });

  test('a file or a dangling link in the way is an error', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'file'), '');
    symlinkSync('nowhere', join(directory, 'link'));
    for (const path of ['file', 'file/x/y', 'link', 'link/x']) {
      const error = await errorOf(() => makeDirectoryDurably(join(directory, path), 0o700));
      expect([path, error.diagnostics[0]?.code]).toEqual([path, 'SP6015']);
    }
  });

  test('removes a file, and a missing one is no error', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'a'), '');
    expect(await removeDurably(join(directory, 'a'))).toBe(true);
    expect(await removeDurably(join(directory, 'a'))).toBe(false);
    expect(readdirSync(directory)).toEqual([]);
  });

  test('syncing names what is not a directory', async () => {
    const directory = temporaryDirectory();
    writeFileSync(join(directory, 'a'), '');
    await syncDirectories([directory, directory]);
    const error = await errorOf(() => syncDirectory(join(directory, 'a')));
    expect(error.message).toContain(`cannot sync the directory ${directory}/a: not a directory`);
    const second = await errorOf(() => syncDirectories([directory, join(directory, 'none')]));
    expect(second.message).toContain('no such file or directory');
  });

  test('temporary names begin with a dot, hold another, and are recognised', () => {
    const name = temporaryName();
    expect(name).toMatch(/^\..*\./);
    expect(isTemporaryName(name)).toBe(true);
    expect(isTemporaryName('.setpoint-stage')).toBe(false);
    expect(isTemporaryName(`${name}.yaml`)).toBe(false);
    expect(temporaryName()).not.toBe(name);
  });
});
