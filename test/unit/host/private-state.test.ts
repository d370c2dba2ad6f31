import { chmodSync, chownSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';
import { openHost } from '../../../src/host/open-host.ts';
import type { Host } from '../../../src/host/ports.ts';
import { requirePrivateState, stateProblems } from '../../../src/host/private-state.ts';
import { isRoot, withoutRoot } from './privileges.ts';
import { temporaryDirectory } from './temporary-directory.ts';

async function hostWithState(): Promise<Host> {
  const root = temporaryDirectory();
  mkdirSync(join(root, 'var/lib/setpoint/journal'), { recursive: true });
  for (const path of ['', 'var', 'var/lib', 'var/lib/setpoint', 'var/lib/setpoint/journal']) {
    chmodSync(join(root, path), path.includes('setpoint') ? 0o700 : 0o755);
  }
  return openHost({ root, env: {} });
}

/** What a command that writes is told; empty: it may. */
function refusal(host: Host): readonly string[] {
  try {
    requirePrivateState(host);
    return [];
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    return error.diagnostics.map(({ code, message, help }) => `${code} ${message}\n${help ?? ''}`);
  }
}

test('a private state directory is taken, and so is one that is not there yet', async () => {
  expect(refusal(await hostWithState())).toEqual([]);
  expect(refusal(await openHost({ root: temporaryDirectory(), env: {} }))).toEqual([]);
});

test.each([
  ['everybody', 0o777],
  ['its group', 0o770],
])('a state directory that is writable by %s is refused with the command', async (who, mode) => {
  const host = await hostWithState();
  chmodSync(host.stateDir, mode);
  const [told, ...more] = refusal(host);
  expect(more).toEqual([]);
  expect(told).toContain(`SP6023 `);
  expect(told).toContain(`${host.stateDir} is writable by ${who}`);
  expect(told).toContain(`\`chmod 0700 ${host.stateDir}\``);
  expect(statSync(host.stateDir).mode & 0o777).toBe(mode);
});

test('one that others may only look into is closed to them', async () => {
  const host = await hostWithState();
  chmodSync(host.stateDir, 0o755);
  expect(stateProblems(host)).toEqual([]);
  expect(statSync(host.stateDir).mode & 0o777).toBe(0o755);
  expect(refusal(host)).toEqual([]);
  expect(statSync(host.stateDir).mode & 0o777).toBe(0o700);
});

test('what others may write to inside is refused, everything at once', async () => {
  const host = await hostWithState();
  chmodSync(join(host.stateDir, 'journal'), 0o777);
  writeFileSync(join(host.stateDir, 'audit.jsonl'), '');
  chmodSync(join(host.stateDir, 'audit.jsonl'), 0o666);
  const told = refusal(host);
  expect(told).toHaveLength(2);
  expect(told[0]).toContain(`\`chmod 0700 ${host.stateDir}/journal\``);
  expect(told[1]).toContain(`\`chmod 0600 ${host.stateDir}/audit.jsonl\``);
});

test('a directory above that others could swap is refused, unless it is sticky', async () => {
  const host = await hostWithState();
  chmodSync(join(host.root.dir, 'var'), 0o777);
  expect(refusal(host)).toEqual([expect.stringContaining(`\`chmod o-w ${host.root.dir}/var\``)]);
  chmodSync(join(host.root.dir, 'var'), 0o1777);
  expect(refusal(host)).toEqual([]);
});

test.skipIf(!isRoot)(
  'journals and directories of another user are refused (needs root to give them away)',
  async () => {
    const host = await hostWithState();
    const journal = join(host.stateDir, 'journal', '01.json');
    writeFileSync(journal, '{}', { mode: 0o600 });
    chownSync(journal, 65534, 65534);
    expect(refusal(host)).toEqual([expect.stringContaining(`${journal} belongs to user 65534`)]);
    chownSync(join(host.stateDir, 'journal'), 65534, 65534);
    expect(refusal(host)[0]).toContain(`${host.stateDir}/journal belongs to user 65534`);
    expect(refusal(host)[0]).toContain('`chown -R --reference=');
  },
);

test.skipIf(!isRoot)(
  'an ordinary user keeps state in a home that only its own group may write to (needs root to become one)',
  async () => {
    const home = temporaryDirectory();
    const state = join(home, '.local/state/setpoint');
    mkdirSync(state, { recursive: true });
    for (const path of [home, join(home, '.local'), join(home, '.local/state'), state]) {
      chownSync(path, 65534, 65534);
      chmodSync(path, path === state ? 0o755 : 0o775);
    }
    await withoutRoot(async () => {
      const host = await openHost({ root: '/', env: { HOME: home } });
      expect(host.stateDir).toBe(state);
      expect(refusal(host)).toEqual([]);
    });
    expect(statSync(state).mode & 0o777).toBe(0o700);
  },
);
