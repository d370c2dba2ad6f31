import { posix } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Root } from '../../host/ports.ts';
import { manifestSubjects } from '../../kinds/manifest/audit/manifest-subjects.ts';
import type { Subject } from '../../kinds/manifest/audit/subject.ts';
import { podKeyOfText } from '../../kinds/manifest/pod/pod-key.ts';
import type { HostPath } from '../../model/brand.ts';
import { readHostText } from './read-host-text.ts';
import type { DuplicateManifest } from './results.ts';
import { runByKubelet } from './run-by-kubelet.ts';

/** kubeadm's place, which the benchmark assumes, too, and RKE2's (rancher/rke2 pkg/executor/staticpod). */
const DIRECTORIES = [
  '/etc/kubernetes/manifests',
  '/var/lib/rancher/rke2/agent/pod-manifests',
] as const;

export interface FoundManifests {
  readonly subjects: readonly Subject[];
  readonly duplicates: readonly DuplicateManifest[];
}

/** The components of the manifests in the directories of kubelets, and of those at `paths`. What cannot be read is noted (SP4153). */
export async function findManifests(
  root: Root,
  paths: readonly HostPath[],
  notes: Diagnostic[],
): Promise<FoundManifests> {
  const manifests = [];
  for (const path of new Set([...(await listed(root)), ...paths])) {
    const text = await readHostText(root, path, notes);
    if (text === null) continue;
    const subjects = manifestSubjects(text, path);
    if (subjects !== null) manifests.push({ path, pod: podKeyOfText(text), subjects });
    else {
      const message = `${path} was not audited: neither YAML nor JSON that the kubelet reads`;
      notes.push({ code: 'SP4153', severity: 'warning', message });
    }
  }
  const { run, duplicates } = runByKubelet(manifests);
  return { subjects: run.flatMap(({ subjects }) => subjects), duplicates };
}

/** kubelet's glob: a leading dot hides a file from it, nothing else does. */
async function listed(root: Root): Promise<readonly HostPath[]> {
  const paths: HostPath[] = [];
  for (const directory of DIRECTORIES) {
    const names = await root.list(directory as HostPath);
    const read = names.filter((name) => !name.startsWith('.'));
    paths.push(...read.map((name) => posix.join(directory, name) as HostPath));
  }
  return paths;
}
