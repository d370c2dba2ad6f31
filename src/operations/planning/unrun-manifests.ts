import { posix } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import {
  KUBELET_CONFIG,
  KUBELET_FLAGS,
  staticPodPath,
} from '../../kinds/manifest/pod/static-pod-path.ts';
import type { HostPath } from '../../model/brand.ts';
import type { FileChange } from '../../model/change-set.ts';
import type { Look } from './ground.ts';

type Written = Pick<FileChange, 'path' | 'declared' | 'kind' | 'write'>;

/** Manifests that are to be written where the kubelet, as kubeadm configures it, looks for none: a warning each (SP2090). */
export async function unrunManifests(
  look: Look,
  files: readonly Written[],
): Promise<readonly Diagnostic[]> {
  const manifests = files.filter(({ kind, write }) => kind === 'manifest' && write);
  if (manifests.length === 0) return [];
  const settings = await textOf(look, KUBELET_CONFIG);
  const flags = (await textOf(look, KUBELET_FLAGS)) ?? '';
  const runs = settings === null ? null : staticPodPath(settings, flags);
  if (runs === null) return [];
  const { path: real } = await look.lookAt(runs);
  const warnings: Diagnostic[] = [];
  for (const { path, declared } of manifests) {
    const { path: folder } = await look.lookAt(posix.dirname(declared) as HostPath);
    if ([path, posix.dirname(path), folder].includes(real)) continue;
    const message = `${declared}: the kubelet does not run it: by ${KUBELET_CONFIG} its static pods are in ${runs} (staticPodPath)`;
    warnings.push({ code: 'SP2090', severity: 'warning', message });
  }
  return warnings;
}

async function textOf(look: Look, path: HostPath): Promise<string | null> {
  const { content } = await look.observe(path, { inPlace: true });
  return content.kind === 'file' ? new TextDecoder().decode(content.bytes) : null;
}
