/** Ways back that no restored file takes: refused with what to say, done when it is said, recorded. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ApplyResult, RevertResult } from '../../src/operations/results.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';

const APISERVER = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const CONFIG = '/etc/kubernetes/pki/encryption.yaml';
const SAID = ['--acknowledge-irreversible', 'secrets'] as const;
const APPLY = ['apply', '--auto-approve', '--no-guardian'] as const;

let rig: Rig;
let original: string;
let encrypted: string;
beforeEach(async () => {
  rig = await createRig();
  await rig.put(CONFIG, 'keys: []\n');
  original = await rig.read(APISERVER);
  const flags = `    flags: {encryption-provider-config: ${CONFIG}}\n`;
  const rest = '    irreversible: acknowledged\n    gates: []\n';
  await rig.workspace.plan(
    'secrets',
    `resources:\n  apiserver:\n    kind: manifest\n    path: ${APISERVER}\n${flags}${rest}`,
  );
  await rig.workspace.commit('encryption at rest');
  await rig.applied();
  encrypted = await rig.read(APISERVER);
});
afterEach(() => rig.close());

it('git revert: the refusal names plan and way, the way can be gone, also as a saved set, and is recorded', async () => {
  await rig.workspace.remove('plans/secrets.yaml');
  await rig.workspace.commit('no encryption');
  const refused = await rig.exits(65, ...APPLY);
  expect(refused.stderr).toContain('plan secrets would take --encryption-provider-config away');
  expect(refused.stderr).toContain(SAID.join(' '));
  await rig.exits(65, 'plan');
  await rig.exits(64, 'plan', '--acknowledge-irreversible', 'secret');

  const out = rig.real('/set.json');
  await rig.exits(0, 'plan', ...SAID, '--out', out);
  await rig.exits(64, ...APPLY, out, ...SAID);
  const { result } = (await rig.exits(0, ...APPLY, out, '--json')).json<ApplyResult>();
  expect(await rig.read(APISERVER)).toBe(original);
  const run = result.runs[0]?.run ?? '';
  const shown = await rig.exits(0, 'history', 'show', run, '--json');
  expect(shown.stdout).toContain('acknowledge-irreversible: secrets');
});

it('revert, backup restore and drift --restore are judged as apply is', async () => {
  const { result } = (await rig.exits(0, 'status', '--json')).json<{ head?: string }>();
  expect(result).toBeDefined();
  const history = (await rig.exits(0, 'history', '--json')).json<{ runs: { run: string }[] }>();
  const run = history.result.runs[0]?.run ?? '';
  for (const command of [['revert'], ['backup', 'restore']]) {
    const refused = await rig.exits(7, ...command, run, '--auto-approve', '--no-guardian');
    expect(refused.stderr).toContain('error[SP2120]');
    expect(refused.stderr).toContain(SAID.join(' '));
  }
  expect(await rig.read(APISERVER)).toBe(encrypted);

  await rig.put(APISERVER, original);
  const put = ['drift', '--restore', '--auto-approve', '--no-guardian'] as const;
  const refused = await rig.exits(7, ...put);
  expect(refused.stderr).toContain(`plan secrets would put --encryption-provider-config=${CONFIG}`);
  await rig.exits(64, 'drift', ...SAID);
  await rig.exits(0, ...put, ...SAID);
  expect(await rig.read(APISERVER)).toBe(encrypted);

  const done = await rig.exits(
    0,
    'revert',
    run,
    '--auto-approve',
    '--no-guardian',
    '--json',
    ...SAID,
  );
  expect(done.json<RevertResult>().result.warnings.join()).toContain('kubeadm writes it anew');
  expect(await rig.read(APISERVER)).toBe(original);
});

it('the keys that a flag names are kept, and changed only when that is said: apply, revert, backup restore, drift --restore', async () => {
  const keys = (content: string): Promise<void> =>
    rig.workspace.plan(
      'keys',
      `resources:\n  keys: {kind: file, path: ${CONFIG}, content: "${content}"}\n`,
    );
  await keys('keys: [a]');
  await rig.workspace.commit('keys');
  const told = await rig.exits(0, ...APPLY);
  expect(told.stderr + told.stdout).toContain('plan keys changes');
  const history = (await rig.exits(0, 'history', '--json')).json<{ runs: { run: string }[] }>();
  const run = history.result.runs[0]?.run ?? '';
  for (const command of [['revert'], ['backup', 'restore']]) {
    const refused = await rig.exits(7, ...command, run, '--auto-approve', '--no-guardian');
    expect(refused.stderr).toContain('error[SP2120]');
    expect(refused.stderr).toContain('--acknowledge-irreversible keys');
  }
  await rig.put(CONFIG, 'keys: []\n');
  await rig.exits(7, 'drift', '--restore', '--auto-approve', '--no-guardian');
  await rig.exits(
    0,
    'drift',
    '--restore',
    '--auto-approve',
    '--no-guardian',
    '--acknowledge-irreversible',
    'keys',
  );
  expect(await rig.read(CONFIG)).toBe('keys: [a]');
});

it('what a run made stays as long as a flag of another plan needs it', async () => {
  const log = '/var/log/k/audit.log';
  await rig.workspace.plan(
    'mount',
    `resources:\n  m: {kind: manifest, path: ${APISERVER}, mounts: [{path: /var/log/k, type: DirectoryOrCreate}], gates: []}\n`,
  );
  await rig.workspace.commit('mount');
  await rig.applied();
  const history = (await rig.exits(0, 'history', '--json')).json<{ runs: { run: string }[] }>();
  const run = history.result.runs[0]?.run ?? '';
  await rig.workspace.plan(
    'log',
    `resources:\n  l: {kind: manifest, path: ${APISERVER}, flags: {audit-log-path: ${log}}, gates: []}\n`,
  );
  await rig.workspace.commit('log');
  await rig.applied();
  const refused = await rig.exits(7, 'revert', run, '--auto-approve', '--no-guardian');
  expect(refused.stderr).toContain('error[SP2084]');
  await rig.workspace.remove('plans/mount.yaml');
  await rig.workspace.commit('no mount');
  const planned = await rig.exits(65, 'plan');
  expect(planned.stderr).toContain('(plan log, resource l) names');
});
