import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { refusal } from './refusal.ts';

/** Why a decoded document is not a static pod whose flags may be edited; empty when it is. SP2006–SP2008. */
export function checkPod(path: string, decoded: unknown): Diagnostic[] {
  const pod = asMap(decoded);
  if (pod === null || pod['kind'] !== 'Pod' || pod['apiVersion'] !== 'v1') {
    const kind = pod?.['kind'];
    const what = typeof kind === 'string' ? `${JSON.stringify(kind)}, not a v1 Pod` : 'not a Pod';
    const help = 'kind: manifest edits static pods (apiVersion: v1, kind: Pod)';
    return [refusal('SP2006', path, `the file is ${what}`, help)];
  }
  const metadata = asMap(pod['metadata']) ?? {};
  const annotations = asMap(metadata['annotations']) ?? {};
  // kubeadm itself writes `status: {}`.
  if (
    // kubeadm writes `status: {}`; only a running pod's status says something.
    Object.keys(asMap(pod['status']) ?? {}).length > 0 ||
    metadata['ownerReferences'] !== undefined ||
    annotations['kubernetes.io/config.mirror'] !== undefined
  ) {
    const help =
      'this looks like `kubectl get pod -o yaml`; put the file the kubelet runs back in its place first';
    return [refusal('SP2007', path, 'the file is a dump of a running pod', help)];
  }
  // kubelet >= 1.31 restarts a fixed-uid pod by container name and image only (k/k#124220): new flags would never run.
  if (metadata['uid'] !== undefined) {
    const help =
      'RKE2 and OpenShift write such manifests themselves and ignore edits; change the flag in their configuration';
    return [refusal('SP2008', path, 'the manifest sets metadata.uid', help)];
  }
  return [];
}

/** A decoded value as a map, or `null` when it is something else. */
export function asMap(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
