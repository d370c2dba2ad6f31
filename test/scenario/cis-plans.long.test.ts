import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ApplyResult, AuditResult } from '../../src/operations/results.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { sha256 } from './rig/tree-snapshot.ts';

const TOP = fileURLToPath(new URL('../../', import.meta.url));
const MANIFESTS = '/etc/kubernetes/manifests';
const COMPONENTS = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd'];
const MOUNTED = [
  '/etc/kubernetes/audit',
  '/var/log/kubernetes/audit',
  '/etc/kubernetes/admission',
  '/etc/kubernetes/encryption',
];

interface Emitted {
  readonly apiServer: { readonly extraVolumes: readonly { readonly mountPath: string }[] };
}

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

async function putManifests(kubernetes: string): Promise<void> {
  const folder = join(TOP, 'fixtures/kubeadm', kubernetes);
  for (const name of await readdir(folder)) {
    await rig.put(`${MANIFESTS}/${name}`, await readFile(join(folder, name), 'utf8'), 0o600);
  }
}

function digests(): Promise<readonly string[]> {
  return Promise.all(COMPONENTS.map((name) => sha256(rig.real(`${MANIFESTS}/${name}.yaml`))));
}

async function verdicts(profile: string): Promise<ReadonlyMap<string, string>> {
  const audited = await rig.exits(2, 'audit', '--profile', profile, '--json');
  const { components } = audited.json<AuditResult>().result;
  return new Map(components.flatMap(({ rows }) => rows.map(({ id, standing }) => [id, standing])));
}

it('the plan files of a benchmark bring a kubeadm control plane to it in one apply, and the way back gives the very bytes', async () => {
  await putManifests('1.29');
  const before = await digests();
  const profile = 'cis-1.11';
  const plans = join(rig.workspace.dir, 'plans');
  await cp(join(TOP, 'plans', profile), plans, { recursive: true });
  await rig.workspace.commit('benchmark');
  const unsupplied = await rig.exits(65, 'plan');
  const refused = unsupplied.stderr.match(/^error\[\w+\]/gm) ?? [];
  expect(refused.toSorted()).toEqual(['error[SP2085]', 'error[SP2087]']);
  await rig.put('/etc/kubernetes/encryption/configuration.yaml', 'kind: EncryptionConfiguration\n');

  const { stdout } = await rig.exits(0, 'plan');
  const warnings = stdout.match(/^warning\[SP\d+\]: .*$/gm) ?? [];
  expect(warnings.filter((line) => line.includes('kubeadm writes it anew'))).toHaveLength(11);
  expect(warnings.filter((line) => /v1\.29\.\d+ are not known; judged as/.test(line))).toHaveLength(
    11,
  );
  const risky = warnings.flatMap(
    (line) => /(?<=-apiserver-)[a-z-]+(?=: \S+yaml: --)/.exec(line)?.[0] ?? [],
  );
  expect([...new Set(risky)]).toEqual(['c-admission', 'c-anonymous', 'c-kubelet-ca', 'c-tokens']);
  const emitted = parse((await rig.exits(0, 'plan', '--emit', 'kubeadm-patch')).stdout) as Emitted;
  expect(emitted.apiServer.extraVolumes.map(({ mountPath }) => mountPath)).toEqual(MOUNTED);
  // Nothing runs behind these manifests: neither gates nor audits are asked.
  const { result } = (await rig.applied('--offline', '--json')).json<ApplyResult>();
  expect((await rig.exits(0, 'plan')).stdout).toContain('Nothing to do');
  const left = [...(await verdicts(profile))].filter(
    ([id, standing]) => standing !== 'pass' && /^[123]/.test(id),
  );
  // These are for a person.
  expect(Object.fromEntries(left)).toEqual({ '1.2.20': 'manual', '1.2.28': 'manual' });

  await rm(plans, { recursive: true });
  await rig.workspace.commit('no benchmark');
  // Encryption goes neither by dropping its plan nor on the way back, but for who says that they know.
  expect((await rig.exits(65, 'plan')).stderr).toContain('error[SP2120]');
  const encryption = result.runs.find(({ plan }) => plan === 'cis-1-11-apiserver-d-encryption');
  const back = ['revert', encryption?.run ?? '', '--auto-approve', '--offline'];
  expect((await rig.exits(7, ...back)).stderr).toContain('error[SP2120]');
  await rig.exits(0, ...back, '--acknowledge-irreversible', 'cis-1-11-apiserver-d-encryption');
  await rig.applied('--offline');
  expect(await digests()).toEqual(before);
});
