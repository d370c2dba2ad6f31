import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRoot } from '../../../src/host/root.ts';
import type { HostPath, RealPath } from '../../../src/model/brand.ts';
import type { ObservedFile } from '../../../src/model/file-image.ts';
import { errorOf } from './diagnostics-of.ts';
import { mount, mountProblem, withoutRoot } from './privileges.ts';
import { temporaryDirectory } from './temporary-directory.ts';

function rootWith(files: Readonly<Record<string, string>>): string {
  const root = temporaryDirectory();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

function observe(root: string, path: string, inPlace = false): Promise<ObservedFile> {
  return openRoot(root).observe(path as HostPath, { inPlace });
}

describe('what observe says about a path', () => {
  test('a file: bytes, digest, mode, owner and identity', async () => {
    const root = rootWith({ 'etc/a.yaml': 'hello\n' });
    chmodSync(join(root, 'etc/a.yaml'), 0o640);
    const stat = statSync(join(root, 'etc/a.yaml'));
    const file = await observe(root, '/etc/a.yaml');
    expect(file).toMatchObject({
      declared: '/etc/a.yaml',
      path: '/etc/a.yaml',
      realPath: join(root, 'etc/a.yaml'),
      linkText: null,
      content: {
        kind: 'file',
        state: {
          sha256: '5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03',
          size: 6,
          mode: 0o640,
          uid: stat.uid,
          gid: stat.gid,
        },
        dev: stat.dev,
        ino: stat.ino,
      },
    });
    expect(file.content.kind === 'file' && Buffer.from(file.content.bytes).toString()).toBe(
      'hello\n',
    );
  });

  test('a missing file and a missing directory above it are both absent', async () => {
    const root = rootWith({ 'etc/a': '' });
    expect((await observe(root, '/etc/b')).content).toEqual({ kind: 'absent' });
    const deep = await observe(root, '/srv/x/y');
    expect(deep).toMatchObject({ path: '/srv/x/y', content: { kind: 'absent' } });
  });

  test('an empty file is a file', async () => {
    const root = rootWith({ 'etc/a': '' });
    expect((await observe(root, '/etc/a')).content).toMatchObject({ kind: 'file' });
  });

  test.each([
    ['directory', '/etc', 'directory'],
    ['the root itself', '/', 'directory'],
    ['a path below a file', '/etc/a/b', 'no-place'],
  ])('%s is refused', async (_, path, code) => {
    const root = rootWith({ 'etc/a': '' });
    expect((await observe(root, path)).content).toMatchObject({ kind: 'refused', code });
  });

  test('a FIFO is refused and does not block', async () => {
    const root = rootWith({});
    execFileSync('mkfifo', [join(root, 'pipe')]);
    expect((await observe(root, '/pipe')).content).toMatchObject({ code: 'special-file' });
  });

  test('a hard link is refused, and accepted by who does not replace the file', async () => {
    const root = rootWith({ 'etc/a': 'x' });
    linkSync(join(root, 'etc/a'), join(root, 'etc/b'));
    expect((await observe(root, '/etc/a')).content).toMatchObject({ code: 'hard-link' });
    expect((await observe(root, '/etc/a', true)).content).toMatchObject({ kind: 'file' });
  });

  test('more than 10 MiB is refused, exactly 10 MiB is not', async () => {
    const root = rootWith({ a: '', b: '' });
    truncateSync(join(root, 'a'), 10 * 1024 * 1024);
    truncateSync(join(root, 'b'), 10 * 1024 * 1024 + 1);
    expect((await observe(root, '/a')).content).toMatchObject({ kind: 'file' });
    expect((await observe(root, '/b')).content).toMatchObject({ code: 'too-large' });
  });

  test('no permission is said in words', async () => {
    const root = rootWith({ 'etc/a': 'x' });
    chmodSync(root, 0o755);
    chmodSync(join(root, 'etc/a'), 0);
    const file = await withoutRoot(() => observe(root, '/etc/a'));
    expect(file.content).toEqual({
      kind: 'refused',
      code: 'not-readable',
      reason: '/etc/a cannot be read: permission denied',
    });
  });

  test.skipIf(mountProblem)(
    'a bind-mounted file is refused, its neighbour is not (needs root)',
    async () => {
      const root = rootWith({ 'etc/a b': 'x', 'etc/c': 'y', other: 'z' });
      mount('--bind', join(root, 'other'), join(root, 'etc/a b'));
      expect((await observe(root, '/etc/a b')).content).toMatchObject({ code: 'bind-mount' });
      expect((await observe(root, '/etc/c')).content).toMatchObject({ kind: 'file' });
    },
  );

  test('without mount points (no /proc) nothing is taken for a plain file', async () => {
    const root = rootWith({ a: 'x' });
    const content = (await openRoot(root, join(root, 'missing')).observe('/a' as HostPath)).content;
    expect(content).toMatchObject({ kind: 'refused', code: 'not-readable' });
  });

  test('lists a directory sorted, and nothing for what is not one', async () => {
    const root = openRoot(rootWith({ 'etc/b': '', 'etc/a': '' }));
    expect(await root.list('/etc' as HostPath)).toEqual(['a', 'b']);
    expect(await root.list('/etc/a' as HostPath)).toEqual([]);
    expect(await root.list('/none' as HostPath)).toEqual([]);
  });
});

describe('symlinks stay inside the root', () => {
  test('the final link is followed and its text kept', async () => {
    const root = rootWith({ 'srv/real': 'x' });
    symlinkSync('srv/real', join(root, 'link'));
    expect(await observe(root, '/link')).toMatchObject({
      declared: '/link',
      path: '/srv/real',
      realPath: join(root, 'srv/real'),
      linkText: 'srv/real',
      content: { kind: 'file' },
    });
  });

  test('an absolute link starts at the root, also in the middle of a path', async () => {
    const root = rootWith({ 'data/etc/a': 'inside', 'srv/x/y': '' });
    symlinkSync('/data/etc', join(root, 'srv/x/etc'));
    const file = await observe(root, '/srv/x/etc/a');
    expect(file).toMatchObject({ path: '/data/etc/a', linkText: null, content: { kind: 'file' } });
  });

  test('".." cannot climb out of the root', async () => {
    const outside = rootWith({ secret: 'outside', 'root/secret': 'inside' });
    const root = join(outside, 'root');
    symlinkSync('../../../../../secret', join(root, 'link'));
    symlinkSync(join(outside, 'secret'), join(root, 'absolute'));
    const file = await observe(root, '/link');
    expect(file.path).toBe('/secret');
    expect(file.content.kind === 'file' && Buffer.from(file.content.bytes).toString()).toBe(
      'inside',
    );
    expect((await observe(root, '/absolute')).content).toMatchObject({ code: 'dangling-link' });
  });

  test('a dangling link is refused, at the end and on the way', async () => {
    const root = rootWith({});
    symlinkSync('nowhere', join(root, 'link'));
    expect(await observe(root, '/link')).toMatchObject({
      linkText: 'nowhere',
      content: { code: 'dangling-link' },
    });
    expect((await observe(root, '/link/below')).content).toMatchObject({ code: 'dangling-link' });
  });

  test('a missing file behind a good link is absent at its real place', async () => {
    const root = rootWith({ 'data/x': '' });
    symlinkSync('/data', join(root, 'etc'));
    expect(await observe(root, '/etc/new')).toMatchObject({
      path: '/data/new',
      content: { kind: 'absent' },
    });
  });

  test('40 links are followed, a loop ends', async () => {
    const root = rootWith({ l0: 'x' });
    for (let n = 1; n <= 41; n += 1) symlinkSync(`l${n - 1}`, join(root, `l${n}`));
    symlinkSync('loop', join(root, 'loop'));
    expect((await observe(root, '/l40')).content).toMatchObject({ kind: 'file' });
    expect((await observe(root, '/l41')).content).toMatchObject({ code: 'dangling-link' });
    expect((await observe(root, '/loop')).content).toMatchObject({
      code: 'dangling-link',
      reason: '/loop is a loop of symbolic links',
    });
  });

  test('a link to "/", "." or a directory with ".." resolves to that directory', async () => {
    const root = rootWith({ 'a/b/c': 'x' });
    symlinkSync('/', join(root, 'top'));
    symlinkSync('a/b/..', join(root, 'up'));
    expect((await observe(root, '/top')).path).toBe('/');
    expect((await observe(root, '/top/a/b/c')).content).toMatchObject({ kind: 'file' });
    expect(await observe(root, '/up')).toMatchObject({
      path: '/a',
      content: { code: 'directory' },
    });
  });
});

describe('the root directory', () => {
  test('joins and strips paths lexically', () => {
    const dir = temporaryDirectory();
    const root = openRoot(dir);
    expect(root.toReal('/etc/x' as HostPath)).toBe(`${dir}/etc/x`);
    expect(root.toReal('/../../x' as HostPath)).toBe(`${dir}/x`);
    expect(root.toReal('/' as HostPath)).toBe(dir);
    expect(root.toHost(`${dir}/etc/x` as RealPath)).toBe('/etc/x');
    expect(root.toHost(dir as RealPath)).toBe('/');
    expect(() => root.toHost(`${dir}-other/x` as RealPath)).toThrow('is not inside');
    expect(openRoot('/').toReal('/etc' as HostPath)).toBe('/etc');
    expect(openRoot('/').toHost('/etc' as RealPath)).toBe('/etc');
  });

  test('must exist and be a directory (SP6001, exit 64)', async () => {
    const dir = rootWith({ file: '' });
    const missing = await errorOf(() => openRoot(join(dir, 'missing')));
    expect(missing.exitCode).toBe(64);
    expect(missing.message).toContain('SP6001');
    expect(missing.message).toContain('no such file or directory');
    const file = await errorOf(() => openRoot(join(dir, 'file')));
    expect(file.message).toContain('not a directory');
  });
});
