import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openHost } from '../../../src/host/open-host.ts';
import { errorOf } from './diagnostics-of.ts';
import { isRoot, withoutRoot } from './privileges.ts';
import { temporaryDirectory } from './temporary-directory.ts';

async function stateDir(
  uid: number,
  env: Readonly<Record<string, string>>,
  root?: string,
): Promise<string> {
  return (await openHost({ root, env, uid })).stateDir;
}

describe('opening a host', () => {
  test('under a root state lies in the root, and nothing is created', async () => {
    const root = temporaryDirectory();
    const host = await openHost({ root, env: {}, uid: 1000 });
    expect(host.root.dir).toBe(root);
    expect(host.stateDir).toBe(join(root, 'var/lib/setpoint'));
    expect(host.bootId).toBe(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
    expect(host.newOwner.uid).toBe(1000);
    expect(readdirSync(root)).toEqual([]);
  });

  test('an absolute link on the way to the state directory stays inside the root', async () => {
    const root = temporaryDirectory();
    mkdirSync(join(root, 'data/lib'), { recursive: true });
    symlinkSync('/data', join(root, 'var'));
    expect((await openHost({ root, env: {} })).stateDir).toBe(join(root, 'data/lib/setpoint'));
  });

  test('a relative root counts from the current directory', async () => {
    const host = await openHost({ root: '.', env: {} });
    expect(host.root.dir).toBe(process.cwd());
  });

  test('on the machine: root uses /var/lib/setpoint, others their XDG state directory', async () => {
    const home = temporaryDirectory();
    expect(await stateDir(0, {})).toBe('/var/lib/setpoint');
    expect(await stateDir(1000, { HOME: home })).toBe(join(home, '.local/state/setpoint'));
    expect(await stateDir(1000, { HOME: home }, '/')).toBe(join(home, '.local/state/setpoint'));
    expect(await stateDir(1000, { XDG_STATE_HOME: home })).toBe(join(home, 'setpoint'));
    expect(await stateDir(1000, { XDG_STATE_HOME: 'relative', HOME: home })).toBe(
      join(home, '.local/state/setpoint'),
    );
  });

  test('a state directory behind a dangling link is refused (SP6003, exit 64)', async () => {
    const root = temporaryDirectory();
    symlinkSync('nowhere', join(root, 'var'));
    const error = await errorOf(() => openHost({ root, env: {} }));
    expect(error.exitCode).toBe(64);
    expect(error.message).toContain('SP6003');
    expect(error.diagnostics[0]?.help).toBe(
      `Repair the symbolic link on the way to ${root}/var/lib/setpoint.`,
    );
  });

  test('a state directory behind a closed one says who may go there, not what does not apply', async () => {
    const root = temporaryDirectory();
    chmodSync(root, 0o755);
    mkdirSync(join(root, 'var'), { mode: 0o700 });
    const error = await withoutRoot(() => {
      if (!isRoot) chmodSync(join(root, 'var'), 0);
      return errorOf(() => openHost({ root, env: {} }));
    });
    const [problem] = error.diagnostics;
    expect(problem?.message).toBe(
      `the state directory cannot be placed: /var/lib cannot be read: permission denied (under ${root})`,
    );
    expect(problem?.help).toMatch(/^Run setpoint as root, or let this user search/);
  });

  test('a root that does not exist is refused (SP6001, exit 64)', async () => {
    const error = await errorOf(() => openHost({ root: '/no/such/root', env: {} }));
    expect(error.exitCode).toBe(64);
    expect(error.message).toContain('SP6001 the root /no/such/root cannot be used');
  });
});
