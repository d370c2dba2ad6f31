import { isDeepStrictEqual } from 'node:util';
import { fail, ok } from '../../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../../diagnostics/diagnostic.ts';
import type { RunId } from '../../../../model/brand.ts';
import type { FileImage } from '../../../../model/file-image.ts';
import { asMap } from '../../pod/check-pod.ts';
import { decodeAsKubelet, parsePod } from '../../pod/parse-pod.ts';
import { refusal } from '../../../../structured/refusal.ts';
import { decodeManifest, encodeManifest } from '../../text/source-text.ts';
import { applySplice, endLastLine, openLastLine } from '../../text/text-splice.ts';
import { fixedUid } from '../uid/fixed-uid.ts';
import { spliceAnnotation } from './splice-annotation.ts';

/** A qualified name (apimachinery validation.IsQualifiedName); its value is the run that set it. */
export const RENEWED_BY = 'setpoint/renewed';

/**
 * The manifest with an annotation that names the run. The kubelet makes the uid of a static pod from its decoded content
 * (config/common.go applyDefaults), so that it takes it for a pod that it never had. Proved: decoded, the annotation is all that
 * differs. Fails with SP4111, and with what the manifest itself is refused for.
 */
export function renewPod(image: FileImage, run: RunId, path: string): Result<FileImage> {
  const text = decodeManifest(image, path);
  if (!text.ok) return text;
  const { text: closed, added } = endLastLine(text.value);
  const pod = parsePod(closed, path);
  if (!pod.ok) return pod;
  if (fixedUid(pod.value.pod) !== null) {
    return notRenewed(path, 'it has a uid of its own (metadata.uid), which no annotation changes');
  }
  const splice = spliceAnnotation(pod.value, RENEWED_BY, run);
  if (splice === null) return notRenewed(path, 'its annotations are not written in place');
  const renewed = applySplice(closed, splice);
  if (!isProved(closed, renewed, run, path)) {
    return notRenewed(path, 'something else than the annotation would change');
  }
  const bytes = encodeManifest(openLastLine(renewed, added));
  return ok({ exists: true, bytes, mode: image.exists ? image.mode : 0o600 });
}

function isProved(before: string, after: string, run: RunId, path: string): boolean {
  const [old, now] = [parsePod(before, path), parsePod(after, path)];
  if (!old.ok || !now.ok) return false;
  const pairs = [
    [old.value.pod, now.value.pod],
    [decodeAsKubelet(before), decodeAsKubelet(after)],
  ];
  return pairs.every(([a, b]) => isDeepStrictEqual(withAnnotation(a, run), b));
}

function withAnnotation(pod: unknown, run: RunId): unknown {
  const metadata = asMap(asMap(pod)?.['metadata']);
  const annotations = { ...asMap(metadata?.['annotations']), [RENEWED_BY]: run };
  return { ...asMap(pod), metadata: { ...metadata, annotations } };
}

function notRenewed(path: string, why: string): Result<never> {
  const help = 'setpoint did not change it; see what keeps the kubelet from starting the pod';
  return fail(refusal('SP4111', path, `no fresh identity: ${why}`, help));
}
