import { isDeepStrictEqual } from 'node:util';
import type { FileImage } from '../../model/file-image.ts';
import { decodeAsKubelet } from './parse-pod.ts';
import { decodeManifest } from './source-text.ts';

/**
 * Whether the kubelet will replace the pod: it hashes the decoded object (pkg/kubelet/config/common.go applyDefaults), so
 * comments, quotes and key order change nothing, while any decoded difference does. What cannot be read counts as different.
 */
export function restartBetween(before: FileImage, after: FileImage): 'expected' | 'none' {
  const [old, now] = [decodeManifest(before, ''), decodeManifest(after, '')];
  if (!old.ok || !now.ok) return 'expected';
  if (old.value === now.value) return 'none';
  const [oldPod, newPod] = [decodeAsKubelet(old.value), decodeAsKubelet(now.value)];
  return oldPod !== undefined && isDeepStrictEqual(oldPod, newPod) ? 'none' : 'expected';
}
