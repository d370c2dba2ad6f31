import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRoot } from '../../../src/host/root.ts';
import type { HostPath } from '../../../src/model/brand.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'setpoint-look-'));
});
afterEach(() => rm(dir, { recursive: true }));

it('looking at a path follows links inside the root, and tells directories from what is none', async () => {
  await mkdir(join(dir, 'srv/pki'), { recursive: true });
  await writeFile(join(dir, 'srv/pki/ca.crt'), 'x');
  await symlink('/srv/pki', join(dir, 'pki'));
  await symlink('/nowhere', join(dir, 'broken'));
  const root = openRoot(dir);
  const look = (path: string) => root.lookAt(path as HostPath);
  expect(await look('/pki/ca.crt')).toEqual({ path: '/srv/pki/ca.crt', present: 'file' });
  expect(await look('/pki')).toEqual({ path: '/srv/pki', present: 'directory' });
  expect((await look('/srv/none/x')).present).toBe('absent');
  expect((await look('/broken')).present).toBe('absent');
  expect((await look('/srv/pki/ca.crt/x')).present).toBe('absent');
  expect((await look(`/${'x'.repeat(300)}`)).present).toBe('absent');
  expect(await readdir(join(dir, 'srv/pki'))).toEqual(['ca.crt']);
});
