import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, symlinkSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import { observeAll } from '../../../../src/operations/planning/observe-files.ts';
import { duplicatePodProblems } from '../../../../src/operations/planning/duplicate-pods.ts';
import type { HostPath } from '../../../../src/model/brand.ts';
import { plan } from '../../plan/difference/planning-bench.ts';
import { libraryHost, type LibraryHost } from '../library-session.ts';

const DIR = '/etc/kubernetes/manifests';
const PATH = `${DIR}/etcd.yaml` as HostPath;
const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: etcd}\n';

let host: LibraryHost;
beforeEach(async () => {
  host = await libraryHost();
  host.write(PATH, POD);
});

async function problems(): Promise<readonly string[]> {
  const look = host.session.host.root;
  const observed = await observeAll(look, [PATH]);
  const found = await duplicatePodProblems(look, [plan('p', { [PATH]: {} })], observed);
  return found.map(({ code, message }) => `${code} ${message}`);
}

test('a copy of the manifest under another name is refused, whatever kind of file it is', async () => {
  const copy = `${DIR}/etcd.yaml.bak`;
  const makers = [
    () => host.write(copy, POD),
    () => symlinkSync('etcd.yaml', host.real(copy)),
    () => linkSync(host.real(PATH), host.real(copy)),
  ];
  for (const make of makers) {
    make();
    expect(await problems()).toEqual([`SP3011 ${PATH} and ${copy} all define pod default/etcd`]);
    execFileSync('rm', [host.real(copy)]);
  }
});

test('a copy that cannot be read is refused, with a code of its own', async () => {
  host.write(`${DIR}/etcd.yaml.new`, `${POD}spec: {containers: [\n`);
  const [problem] = await problems();
  expect(problem).toContain(`SP2041 ${DIR}/etcd.yaml.new cannot be read, but looks like pod`);
});

test('dot files, folders, pipes, dangling links and other pods are passed over', async () => {
  host.write(`${DIR}/.etcd.yaml`, POD);
  host.write(`${DIR}/old/etcd.yaml`, POD);
  mkdirSync(host.real(`${DIR}/empty`));
  execFileSync('mkfifo', [host.real(`${DIR}/pipe`)]);
  symlinkSync('gone.yaml', host.real(`${DIR}/dangling.yaml`));
  host.write(`${DIR}/other.yaml`, POD.replace('etcd', 'other'));
  expect(await problems()).toEqual([]);
});
