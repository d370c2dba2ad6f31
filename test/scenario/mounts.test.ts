import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ApplyResult, PlanResult } from '../../src/operations/results.ts';
import { createRig } from './rig/rig.ts';
import type { Rig } from './rig/rig.ts';
import { sha256 } from './rig/tree-snapshot.ts';

const APISERVER = '/etc/kubernetes/manifests/kube-apiserver.yaml';
const POLICY = '/etc/kubernetes/audit/policy.yaml';

const MOUNTS = `    mounts:
      - {path: ${POLICY}, type: File, readOnly: true}
      - {path: /var/log/kubernetes/audit, type: DirectoryOrCreate}
`;

const FLAGS = `  flags:
    kind: manifest
    path: ${APISERVER}
    flags:
      audit-policy-file: ${POLICY}
      audit-log-path: /var/log/kubernetes/audit/audit.log
    gates: []
`;

const POLICY_FILE = `  policy:
    kind: file
    path: ${POLICY}
    content: "rules: []\\n"
    gates: []
`;

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

async function propose(...resources: readonly string[]): Promise<void> {
  await rig.workspace.plan('audit', `resources:\n${resources.join('')}`);
  await rig.workspace.commit('audit log');
}

it('an audit log: refused without its mounts and file, applied with them, and git revert brings the very bytes back', async () => {
  const before = await sha256(rig.real(APISERVER));
  await propose(FLAGS);
  const unmounted = await rig.exits(65, 'plan');
  expect(unmounted.stderr.match(/error\[SP2084\]/g)).toHaveLength(2);
  expect(unmounted.stderr).toContain(`{path: ${POLICY}, type: File, readOnly: true}`);
  await propose(FLAGS + MOUNTS, POLICY_FILE);
  const late = await rig.exits(65, 'plan');
  expect(late.stderr).toContain(`${POLICY} is not on the host`);
  expect(late.stderr).toContain('before this resource');

  await propose(POLICY_FILE, FLAGS + MOUNTS);
  const here = (await rig.exits(0, 'plan', '--json')).json<PlanResult>();
  expect(here.diagnostics).toEqual([]);
  const { result } = (await rig.applied('--json')).json<ApplyResult>();
  expect(result.set.digest).toBe(here.result.set.digest);
  const text = await rig.read(APISERVER);
  expect(text).toContain(
    `    - mountPath: ${POLICY}\n      name: etc-kubernetes-audit-policy-yaml\n`,
  );
  expect(text).toContain('      path: /var/log/kubernetes/audit\n      type: DirectoryOrCreate\n');
  expect((await rig.exits(0, 'plan', '--detailed-exitcode')).stdout).toContain('Nothing to do');

  await rig.workspace.remove('plans/audit.yaml');
  await rig.workspace.commit('no audit log');
  await rig.applied();
  expect(await sha256(rig.real(APISERVER))).toBe(before);
});

it('a mount that somebody took out has drifted, cannot be adopted, and is put back', async () => {
  await propose(POLICY_FILE, FLAGS + MOUNTS);
  await rig.applied();
  const applied = await rig.read(APISERVER);
  const mount = /    - mountPath: \/var\/log\/kubernetes\/audit\n      name: \S+\n/;
  await rig.put(APISERVER, applied.replace(mount, ''));
  const drift = await rig.exits(2, 'drift');
  expect(drift.stdout).toContain('mount /var/log/kubernetes/audit');
  const adopt = await rig.exits(65, 'drift', '--adopt');
  expect(adopt.stderr).toContain('is a mount: those are not written into plan files');
  const address = `${APISERVER}#mount /var/log/kubernetes/audit`;
  await rig.exits(0, 'drift', '--restore', address, '--auto-approve');
  expect(await rig.read(APISERVER)).toBe(applied);
});
