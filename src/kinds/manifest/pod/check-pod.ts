import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { refusal } from '../../../structured/refusal.ts';
import type { Spot } from '../../../structured/refusal.ts';

const MIRROR = 'kubernetes.io/config.mirror';

/**
 * Why a decoded document is not a static pod whose flags may be edited; empty when it is. SP2006, SP2007. `spotOf` tells where a key
 * of the document stands.
 */
export function checkPod(decoded: unknown, spotOf: (...keys: string[]) => Spot): Diagnostic[] {
  const pod = asMap(decoded);
  if (pod === null || pod['kind'] !== 'Pod' || pod['apiVersion'] !== 'v1') {
    const kind = pod?.['kind'];
    const what = typeof kind === 'string' ? `${JSON.stringify(kind)}, not a v1 Pod` : 'not a Pod';
    const help = 'kind: manifest edits static pods (apiVersion: v1, kind: Pod)';
    return [
      refusal(
        'SP2006',
        spotOf(pod?.['kind'] === 'Pod' ? 'apiVersion' : 'kind'),
        `the file is ${what}`,
        help,
      ),
    ];
  }
  const metadata = asMap(pod['metadata']) ?? {};
  const annotations = asMap(metadata['annotations']) ?? {};
  // kubeadm writes `status: {}`; only a running pod's status says something.
  const marks = [
    ...(metadata['ownerReferences'] === undefined ? [] : [['metadata', 'ownerReferences']]),
    ...(annotations[MIRROR] === undefined ? [] : [['metadata', 'annotations', MIRROR]]),
    ...(Object.keys(asMap(pod['status']) ?? {}).length === 0 ? [] : [['status']]),
  ];
  const [mark] = marks;
  if (mark !== undefined) {
    const help =
      'this looks like `kubectl get pod -o yaml`; put the file the kubelet runs back in its place first';
    return [refusal('SP2007', spotOf(...mark), 'the file is a dump of a running pod', help)];
  }
  return [];
}

/** A decoded value as a map, or `null` when it is something else. */
export function asMap(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
