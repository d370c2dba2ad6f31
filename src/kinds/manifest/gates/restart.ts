import type { FileImage } from '../../../model/file-image.ts';
import { samePod } from '../identity/same-pod.ts';
import { decodeAsKubelet } from '../pod/parse-pod.ts';
import { decodeManifest } from '../text/source-text.ts';

/**
 * Whether the kubelet will replace the pod: it hashes the decoded object after its defaults are set (pkg/kubelet/config/common.go
 * tryDecodeSinglePod, applyDefaults), so comments, quotes, key order and written-out defaults change nothing, while any other
 * decoded difference does. What cannot be read counts as different.
 */
export function restartBetween(before: FileImage, after: FileImage): 'expected' | 'none' {
  const [old, now] = [decodeManifest(before, ''), decodeManifest(after, '')];
  if (!old.ok || !now.ok) return 'expected';
  if (old.value === now.value) return 'none';
  const [oldPod, newPod] = [decodeAsKubelet(old.value), decodeAsKubelet(now.value)];
  return oldPod !== undefined && samePod(oldPod, newPod) ? 'none' : 'expected';
}
