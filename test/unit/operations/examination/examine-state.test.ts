import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Millis } from '../../../../src/model/brand.ts';
import { examineHost } from '../../../../src/operations/examination/examine-host.ts';
import { openSession } from '../../../../src/operations/open-session.ts';
import type { Session } from '../../../../src/operations/session.ts';
import { isRoot, mount, mountProblem, withoutRoot } from '../../host/privileges.ts';
import { temporaryDirectory } from '../../host/temporary-directory.ts';

function session(root: string): Promise<Session> {
  const lockTimeout = 0 as Millis;
  return openSession({ root, host: 'cp-1', cwd: '/', env: {}, actor: 'tester', lockTimeout });
}

async function finding(root: string, name: string): Promise<unknown> {
  const findings = await examineHost(await session(root));
  return findings.find((one) => one.name === name);
}

function rootWithState(): { readonly root: string; readonly state: string } {
  const root = temporaryDirectory();
  const state = join(root, 'var/lib/setpoint');
  mkdirSync(state, { recursive: true, mode: 0o700 });
  return { root, state };
}

describe.skipIf(mountProblem)('doctor calls it an error (needs root to mount)', () => {
  test('when the state file system has less than 8 MiB', async () => {
    const { root, state } = rootWithState();
    mount('-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', state);
    expect(await finding(root, 'state')).toMatchObject({
      verdict: 'error',
      detail: expect.stringContaining('MiB free'),
    });
  });

  test('when it has no inode left', async () => {
    const { root, state } = rootWithState();
    mount('-t', 'tmpfs', '-o', 'size=20m,nr_inodes=2', 'tmpfs', state);
    writeFileSync(join(state, 'last'), '');
    expect(await finding(root, 'state')).toMatchObject({
      verdict: 'error',
      detail: expect.stringContaining('no inode'),
    });
  });

  test('when it is read-only; a read-only root is named as well', async () => {
    const { root, state } = rootWithState();
    mount('-t', 'tmpfs', '-o', 'size=200m,ro', 'tmpfs', state);
    expect(await finding(root, 'state')).toMatchObject({
      verdict: 'error',
      detail: expect.stringContaining('read-only'),
    });
    expect(await finding(root, 'root')).toBeUndefined();
    expect(await finding(state, 'root')).toMatchObject({ verdict: 'warning' });
  });
});

test.skipIf(!isRoot)(
  'doctor calls the state directory of another user an error (needs root to become one)',
  async () => {
    const { root } = rootWithState();
    for (const dir of ['.', 'var', 'var/lib']) chmodSync(join(root, dir), 0o755);
    const found = await withoutRoot(() => finding(root, 'state'));
    expect(found).toMatchObject({
      verdict: 'error',
      detail: expect.stringContaining('belongs to user 0'),
    });
  },
);

test.skipIf(!isRoot)(
  'doctor doubts a state directory of another user when root asks (needs root)',
  async () => {
    const { root, state } = rootWithState();
    expect(JSON.stringify(await finding(root, 'state'))).not.toContain('belongs to');
    chownSync(state, 65534, 65534);
    expect(await finding(root, 'state')).toMatchObject({
      verdict: 'warning',
      detail: expect.stringContaining('belongs to user 65534, but setpoint runs as root'),
    });
  },
);
