import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resolveHostName, validHostName } from '../../../src/host/host-name.ts';
import type { RealPath } from '../../../src/model/brand.ts';
import { errorOf } from './diagnostics-of.ts';
import { temporaryDirectory } from './temporary-directory.ts';

function root(files: Readonly<Record<string, string>>): { readonly dir: RealPath } {
  const dir = temporaryDirectory();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(dir, path, '..'), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return { dir: dir as RealPath };
}

const FILES = { 'etc/setpoint/host': 'configured\n', 'etc/hostname': 'machine\n' };

describe('where the host name comes from', () => {
  test('--host, then SETPOINT_HOST, then etc/setpoint/host, then etc/hostname of the root', async () => {
    const both = root(FILES);
    const env = { SETPOINT_HOST: 'variable' };
    expect(await resolveHostName({ flag: 'flag', env, root: both })).toBe('flag');
    expect(await resolveHostName({ flag: undefined, env, root: both })).toBe('variable');
    expect(await resolveHostName({ flag: undefined, env: {}, root: both })).toBe('configured');
    const one = root({ 'etc/hostname': '# set by hand\n\n  machine.example \n' });
    const empty = { SETPOINT_HOST: '' };
    expect(await resolveHostName({ flag: undefined, env: empty, root: one })).toBe(
      'machine.example',
    );
  });

  test('a link in the root is followed inside the root', async () => {
    const dir = root({ 'data/name': 'linked' });
    mkdirSync(join(dir.dir, 'etc'));
    symlinkSync('/data/name', join(dir.dir, 'etc/hostname'));
    expect(await resolveHostName({ flag: undefined, env: {}, root: dir })).toBe('linked');
  });

  test('on the machine itself it is the hostname', async () => {
    const host = resolveHostName({ flag: undefined, env: {}, root: { dir: '/' as RealPath } });
    expect(await host).toBe(hostname());
  });

  test('a root without any name says how to give one (SP6002, exit 64)', async () => {
    const empty = root({});
    const error = await errorOf(() => resolveHostName({ flag: undefined, env: {}, root: empty }));
    expect(error.exitCode).toBe(64);
    expect(error.diagnostics[0]).toMatchObject({ code: 'SP6002' });
    expect(error.diagnostics[0]?.help).toContain('--host NAME');
    expect(error.diagnostics[0]?.help).toContain(`${empty.dir}/etc/setpoint/host`);
  });
});

describe('what a host name may be', () => {
  test.each(['cp-1', 'a', 'node_1.example.com', '0', 'A'.repeat(253)])('%s is one', (name) => {
    expect(validHostName(name, '--host')).toBe(name);
  });

  test.each([
    ['', 'it is empty'],
    ['.hidden', 'begins with a dot'],
    ['-x', 'begins with a dot or a dash'],
    ['a..b', 'contains ".."'],
    ['a/b', 'only letters'],
    ['a b', 'only letters'],
    ['a\n', 'only letters'],
    ['höst', 'only letters'],
    ['a'.repeat(254), 'the limit is 253'],
  ])('%j is refused', async (name, reason) => {
    const error = await errorOf(() => validHostName(name, '--host'));
    expect(error.message).toContain(reason);
    expect(error.message).toContain('--host gives');
  });
});
