import { fail, ok } from '../../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../../diagnostics/diagnostic.ts';
import type { DesiredItem } from '../../../../model/item.ts';
import type { ManifestSpec } from '../../../../model/plan-file.ts';
import type { PodSource } from '../../pod/parse-pod.ts';
import { podSpot } from '../../pod/pod-spot.ts';
import { refusal } from '../../../../structured/refusal.ts';
import { UID_KEY } from '../companion-key.ts';
import { fixedUid } from './fixed-uid.ts';
import { RENEWED } from './renew-uid.ts';

/** `metadata.uid` as an item: every resource of the pod wants the same of it. */
const UID_ITEM: DesiredItem = {
  key: UID_KEY,
  value: RENEWED,
  label: 'metadata.uid',
  shareable: true,
};

/**
 * The uid that a manifest sets for itself has to change with the manifest: kubelet >= 1.31 restarts such a pod by container name and
 * image only (k/k#124220), so that new flags would never run. Fails with SP2008 where the resource does not allow it.
 */
export function desiredUid(
  spec: ManifestSpec,
  { path, pod, document, text }: PodSource,
): Result<readonly DesiredItem[]> {
  if (fixedUid(pod) === null) return ok([]);
  if (spec.uid === 'renew') return ok([UID_ITEM]);
  const help =
    'say `uid: renew` on the resource: setpoint then gives the pod another uid with every change; or change the flag where RKE2 or OpenShift are configured';
  const spot = podSpot(document, text, path, ['metadata', 'uid']);
  return fail(refusal('SP2008', spot, 'the manifest sets metadata.uid', help));
}
