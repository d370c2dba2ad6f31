import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { copyExtendedAttributes } from '../../../src/host/extended-attributes.ts';
import { loadNative, type Native } from '../../../src/host/native.ts';
import { stageFile } from '../../../src/host/stage-file.ts';
import type { RealPath } from '../../../src/model/brand.ts';
import { errorOf } from './diagnostics-of.ts';
import { isRoot, withoutRoot } from './privileges.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const native = await loadNative();
const BYTES = Buffer.from('new content\n');
/** acl(5) in its kernel form: version 2; user::rw- user:65534:r-- group::r-- mask::r-- other::--- */
const ACL = Buffer.from(
  '0200000001000600ffffffff02000400feff000004000400ffffffff10000400ffffffff20000000ffffffff',
  'hex',
);

function withFd<T>(path: string, flags: string, body: (fd: number) => T): T {
  const fd = openSync(path, flags);
  try {
    return body(fd);
  } finally {
    closeSync(fd);
  }
}

function attributes(path: string): Record<string, string | undefined> {
  return withFd(path, 'r', (fd) =>
    Object.fromEntries(
      native.listAttrsSync(fd).map((name) => [name, native.getAttrSync(fd, name)?.toString('hex')]),
    ),
  );
}

function set(path: string, name: string, value: string | Buffer): void {
  withFd(path, 'r+', (fd) => native.setAttrSync(fd, name, Buffer.from(value)));
}

function original(): { readonly directory: string; readonly like: RealPath } {
  const directory = temporaryDirectory();
  const like = join(directory, 'original') as RealPath;
  writeFileSync(like, 'old content\n');
  chmodSync(like, 0o640);
  return { directory, like };
}

describe('staging a new version of a file', () => {
  test('takes bytes, mode, owner and user attributes; the original is untouched', async () => {
    const { directory, like } = original();
    set(like, 'user.note', 'kept');
    set(like, 'user.empty', '');
    const staged = await stageFile({ directory, name: '.new', bytes: BYTES, like, mode: 0o640 });
    const stat = statSync(staged.path);
    expect(staged).toEqual({
      path: join(directory, '.new'),
      state: {
        sha256: createHash('sha256').update(BYTES).digest('hex'),
        size: BYTES.length,
        mode: 0o640,
        uid: stat.uid,
        gid: stat.gid,
      },
      dev: stat.dev,
      ino: stat.ino,
    });
    expect(readFileSync(staged.path).equals(BYTES)).toBe(true);
    expect(stat.mode & 0o7777).toBe(0o640);
    expect(attributes(staged.path)).toEqual(attributes(like));
    expect(readFileSync(like, 'utf8')).toBe('old content\n');
  });

  test('an ACL is carried over, and the mode that was asked for still wins', async () => {
    const { directory, like } = original();
    set(like, 'system.posix_acl_access', ACL);
    const same = await stageFile({ directory, name: 'a', bytes: BYTES, like, mode: 0o640 });
    expect(attributes(same.path)).toEqual(attributes(like));
    const other = await stageFile({ directory, name: 'b', bytes: BYTES, like, mode: 0o600 });
    expect(statSync(other.path).mode & 0o7777).toBe(0o600);
    expect(Object.keys(attributes(other.path))).toContain('system.posix_acl_access');
  });

  test('an ACL that the directory hands down is not added to a file that has none', async () => {
    const { directory, like } = original();
    withFd(directory, 'r', (fd) => native.setAttrSync(fd, 'system.posix_acl_default', ACL));
    const staged = await stageFile({ directory, name: 'a', bytes: BYTES, like, mode: 0o640 });
    expect(attributes(staged.path)).toEqual({});
  });

  test.skipIf(!isRoot)('root keeps owner, setuid bit, capabilities and trusted.*', async () => {
    const { directory, like } = original();
    chownSync(like, 1234, 4321);
    chmodSync(like, 0o4755);
    // VFS_CAP_REVISION_2 with CAP_NET_BIND_SERVICE permitted and effective (capabilities(7)).
    set(like, 'security.capability', Buffer.from(`0100000200040000${'0'.repeat(24)}`, 'hex'));
    set(like, 'trusted.note', 'root only');
    const staged = await stageFile({ directory, name: 'a', bytes: BYTES, like, mode: 0o4755 });
    expect(staged.state).toMatchObject({ uid: 1234, gid: 4321, mode: 0o4755 });
    expect(statSync(staged.path)).toMatchObject({ uid: 1234, gid: 4321 });
    expect(statSync(staged.path).mode & 0o7777).toBe(0o4755);
    expect(attributes(staged.path)).toEqual(attributes(like));
    expect(Object.keys(attributes(like)).toSorted()).toEqual([
      'security.capability',
      'trusted.note',
    ]);
  });

  test('a new file gets the mode and the given owner', async () => {
    const directory = temporaryDirectory();
    const owner = isRoot ? { uid: 12, gid: 34 } : {};
    const staged = await stageFile({
      directory,
      name: 'a',
      bytes: BYTES,
      like: null,
      mode: 0o604,
      ...owner,
    });
    expect(statSync(staged.path).mode & 0o7777).toBe(0o604);
    expect(statSync(staged.path)).toMatchObject(owner);
  });
});

describe('what staging refuses', () => {
  test('an existing name or symlink is never written through', async () => {
    const { directory, like } = original();
    symlinkSync(like, join(directory, 'link'));
    for (const name of ['original', 'link']) {
      const error = await errorOf(() =>
        stageFile({ directory, name, bytes: BYTES, like: null, mode: 0o600 }),
      );
      expect(error.message).toContain('file already exists');
    }
    expect(readFileSync(like, 'utf8')).toBe('old content\n');
    expect(existsSync(join(directory, 'link'))).toBe(true);
  });

  test.skipIf(!isRoot)(
    'an owner that only root may give is SP6032 and leaves nothing',
    async () => {
      const { directory, like } = original();
      chmodSync(directory, 0o777);
      chmodSync(like, 0o644);
      const error = await withoutRoot(() =>
        errorOf(() => stageFile({ directory, name: 'a', bytes: BYTES, like, mode: 0o644 })),
      );
      expect(error.exitCode).toBe(1);
      expect(error.diagnostics[0]).toMatchObject({ code: 'SP6032' });
      expect(error.message).toContain(`${like} its owner 0:0`);
      expect(readdirSync(directory)).toEqual(['original']);
    },
  );

  test('a vanished original is named', async () => {
    const directory = temporaryDirectory();
    const like = join(directory, 'none') as RealPath;
    const error = await errorOf(() =>
      stageFile({ directory, name: 'a', bytes: BYTES, like, mode: 0o644 }),
    );
    expect(error.message).toContain(`${like}: no such file or directory`);
    expect(readdirSync(directory)).toEqual([]);
  });

  test('an attribute that cannot be set is SP6031, naming it', async () => {
    const refusing: Native = {
      ...native,
      listAttrsSync: () => ['security.selinux'],
      getAttrSync: (fd) => (fd === 1 ? Buffer.from('etc_t') : null),
      setAttrSync: () => {
        throw Object.assign(new Error('no'), { code: 'EPERM' });
      },
    };
    const error = await errorOf(() => copyExtendedAttributes(refusing, 1, 2, '/etc/x'));
    expect(error.diagnostics[0]).toMatchObject({
      code: 'SP6031',
      message: 'cannot keep security.selinux of /etc/x: operation not permitted',
    });
  });

  test('digests bound to the old content are not copied, equal values are not written', () => {
    const written: string[] = [];
    const recording: Native = {
      ...native,
      listAttrsSync: () => ['security.ima', 'security.evm', 'security.selinux', 'user.a'],
      getAttrSync: (fd, name) => Buffer.from(name === 'user.a' ? String(fd) : 'same'),
      setAttrSync: (_, name) => void written.push(name),
    };
    copyExtendedAttributes(recording, 1, 2, '/etc/x');
    expect(written).toEqual(['user.a']);
  });

  test('a file system without attributes has none to keep', () => {
    const without: Native = {
      ...native,
      listAttrsSync: () => {
        throw Object.assign(new Error('no'), { code: 'ENOTSUP' });
      },
    };
    expect(() => copyExtendedAttributes(without, 1, 2, '/x')).not.toThrow();
  });
});

describe('the native addon', () => {
  test('without a binary that works the error names the platform and refuses weak locks', async () => {
    const error = await errorOf(() =>
      loadNative(() => Promise.reject(new Error('Cannot find addon\nmore'))),
    );
    expect(error.exitCode).toBe(1);
    expect(error.diagnostics[0]?.code).toBe('SP6030');
    expect(error.message).toContain(`${process.platform}-${process.arch}: Cannot find addon`);
    expect(error.diagnostics[0]?.help).toContain('does not run with weaker ones');
  });
});
