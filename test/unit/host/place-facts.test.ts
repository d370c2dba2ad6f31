import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, statSync, symlinkSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { loadNative } from '../../../src/host/native.ts';
import { openPlaceReader } from '../../../src/host/place-facts.ts';
import type { HostPath, RealPath } from '../../../src/model/brand.ts';
import { mount, mountProblem } from './privileges.ts';
import { temporaryDirectory } from './temporary-directory.ts';

function newRoot(): RealPath {
  const root = temporaryDirectory() as RealPath;
  mkdirSync(join(root, 'etc/app'), { recursive: true });
  writeFileSync(join(root, 'etc/app/a'), 'a');
  return root;
}

async function look(root: RealPath, path: string, real = path) {
  const reader = openPlaceReader({ root, native: await loadNative() });
  return reader.read(path as HostPath, join(root, real) as RealPath);
}

/** Sets an attribute until the test ends. False where the file system or the user cannot. */
function attribute(letter: 'a' | 'i', path: string): boolean {
  onTestFinished(() => {
    spawnSync('chattr', [`-${letter}`, path]);
  });
  return spawnSync('chattr', [`+${letter}`, path]).status === 0;
}

const attributes = spawnSync('chattr', ['-a', '/tmp']).status === 0 && process.geteuid?.() === 0;

test('an ordinary place: nothing hinders, the way begins at the root', async () => {
  const root = newRoot();
  const facts = await look(root, '/etc/app/a');
  expect(facts).toMatchObject({
    directoryHindrance: null,
    fileHindrance: null,
    isMountPoint: false,
  });
  expect(facts.way.map(({ path }) => path)).toEqual([
    root,
    join(root, 'etc'),
    join(root, 'etc/app'),
  ]);
});

test('of a missing directory the nearest existing one counts', async () => {
  const root = newRoot();
  const facts = await look(root, '/etc/app/x/y/z');
  expect([facts.directory, facts.owner]).toEqual([join(root, 'etc/app'), null]);
});

test('a directory in which a link on the way stands belongs to the way', async () => {
  const root = newRoot();
  mkdirSync(join(root, 'links'));
  chmodSync(join(root, 'links'), 0o777);
  symlinkSync('/etc/app', join(root, 'links/app'));
  const facts = await look(root, '/links/app/a', '/etc/app/a');
  expect(facts.way.find(({ path }) => path === join(root, 'links'))?.mode).toBe(0o777);
});

describe.skipIf(!attributes)(
  'attributes of chattr(1) (needs root and a file system with them)',
  () => {
    test.each([
      ['i', '/etc/app/a', 'fileHindrance'],
      ['a', '/etc/app/a', 'fileHindrance'],
      ['i', '/etc/app', 'directoryHindrance'],
      ['a', '/etc/app', 'directoryHindrance'],
    ] as const)(
      '+%s on %s is seen, and looking changes no time stamp',
      async (letter, path, field) => {
        const root = newRoot();
        if (!attribute(letter, join(root, path))) return;
        const before = statSync(join(root, path), { bigint: true });
        expect((await look(root, '/etc/app/a'))[field]).toBe('fixed');
        const after = statSync(join(root, path), { bigint: true });
        expect([after.ctimeNs, after.mtimeNs]).toEqual([before.ctimeNs, before.mtimeNs]);
      },
    );
  },
);

test.skipIf(!attributes).each(['i', 'a'] as const)(
  '+%s on a file is seen also without a call that could change anything, and no watcher hears of it (needs root)',
  async (letter) => {
    const root = newRoot();
    const path = join(root, 'etc/app/a') as RealPath;
    const reader = openPlaceReader({ root, native: null });
    const heard: (string | null)[] = [];
    const watcher = watch(join(root, 'etc/app'), (_, name) => heard.push(name));
    onTestFinished(() => watcher.close());
    expect(reader.read('/etc/app/a' as HostPath, path).fileHindrance).toBeNull();
    // Events come in order: whatever looking caused is heard before this.
    writeFileSync(join(root, 'etc/app/last'), '');
    await vi.waitFor(() => expect(heard).toContain('last'));
    expect(heard).not.toContain('a');
    if (!attribute(letter, path)) return;
    expect(reader.read('/etc/app/a' as HostPath, path).fileHindrance).toBe('fixed');
  },
);

test('looking at a sound file changes no time stamp either', async () => {
  const root = newRoot();
  const before = statSync(join(root, 'etc/app/a'), { bigint: true });
  await look(root, '/etc/app/a');
  expect(statSync(join(root, 'etc/app/a'), { bigint: true }).ctimeNs).toBe(before.ctimeNs);
});

test.skipIf(mountProblem)(
  'a read-only mount is told with its mount point (needs root)',
  async () => {
    const root = newRoot();
    mount('-t', 'tmpfs', '-o', 'ro,size=64k', 'none', join(root, 'etc/app'));
    const facts = await look(root, '/etc/app/a');
    expect([facts.directoryHindrance, facts.mountPoint]).toEqual([
      'read-only',
      join(root, 'etc/app'),
    ]);
  },
);

test.skipIf(mountProblem)('a bind-mounted file is a mount point (needs root)', async () => {
  const root = newRoot();
  writeFileSync(join(root, 'source'), '');
  mount('--bind', join(root, 'source'), join(root, 'etc/app/a'));
  expect((await look(root, '/etc/app/a')).isMountPoint).toBe(true);
});
