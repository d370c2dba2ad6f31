import { isMap } from 'yaml';
import { canonicalJson, sha256 } from '../../../../model/canonical-json.ts';
import { asMap } from '../../pod/check-pod.ts';
import { isMarked } from '../../pod/container.ts';
import { decodeAsKubelet } from '../../pod/parse-pod.ts';
import type { PodSource } from '../../pod/parse-pod.ts';
import { scalarPlace } from '../splice-scalar.ts';
import type { PlainPlace } from '../splice-scalar.ts';

/** How uids begin that setpoint made. */
const MARK = '5e790147';

/**
 * The uid that a manifest sets for itself; `null` when the kubelet makes one (config/common.go applyDefaults: an empty uid is
 * none). With a fixed one a kubelet from 1.31 on restarts nothing when arguments change (k/k#124220).
 */
export function fixedUid(pod: unknown): string | null {
  const uid = asMap(asMap(pod)?.['metadata'])?.['uid'];
  if (uid === undefined || uid === null || uid === '') return null;
  return typeof uid === 'string' ? uid : JSON.stringify(uid);
}

/** Where it stands; `null` where an anchor, alias or tag is in the way, or it takes several lines. */
export function uidPlace({ document, text }: PodSource): PlainPlace | null {
  const root = document.contents;
  const metadata = isMap(root) ? root.get('metadata', true) : null;
  if (isMarked(root) || isMarked(metadata) || !isMap(metadata)) return null;
  return scalarPlace(text, metadata.get('uid', true));
}

/** The decoded pod without its uid, as text that is the same for equal pods. */
export function contentWithoutUid(text: string): string {
  const pod = asMap(decodeAsKubelet(text)) ?? {};
  const metadata = { ...asMap(pod['metadata']) };
  delete metadata['uid'];
  // Through JSON: YAML 1.1 knows dates, canonical JSON does not.
  return canonicalJson(JSON.parse(JSON.stringify({ ...pod, metadata })));
}

/**
 * A UUID that follows from the content (version 8, RFC 9562): the same content gives the same one on every machine and in every
 * run, other content another. It is never `current`: content that comes back to the uid it had would start nothing.
 */
export function derivedUid(text: string, current: string): string {
  const uid = uuidFrom(contentWithoutUid(text));
  return uid === current ? uuidFrom(current) : uid;
}

function uuidFrom(content: string): string {
  const hex = sha256(Buffer.from(content, 'utf8'));
  const variant = (Number.parseInt(hex.slice(7, 8), 16) & 0x3) | 0x8;
  return [
    MARK,
    hex.slice(0, 4),
    `8${hex.slice(4, 7)}`,
    `${variant.toString(16)}${hex.slice(8, 11)}`,
    hex.slice(11, 23),
  ].join('-');
}

/** Whether setpoint made this uid, for whatever content. */
export function isDerived(uid: string): boolean {
  return new RegExp(`^${MARK}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).test(uid);
}
