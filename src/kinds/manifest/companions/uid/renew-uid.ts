import { fail, ok } from '../../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../../diagnostics/diagnostic.ts';
import type { JsonObject, LiveItem } from '../../../../model/item.ts';
import { decodeAsKubelet, isJson, parsePod } from '../../pod/parse-pod.ts';
import type { PodSource } from '../../pod/parse-pod.ts';
import { refusal } from '../../../../structured/refusal.ts';
import { applySplice } from '../../text/text-splice.ts';
import { contentWithoutUid, derivedUid, fixedUid, isDerived, uidPlace } from './fixed-uid.ts';

/** The value of the item `metadata.uid`: what it is follows from the content, so it is not compared. */
export const RENEWED = 'renewed with every change';

/** Its item: there as long as the manifest has a uid of its own. Fails with SP2105. */
export function observeUid(pod: PodSource): Result<LiveItem> {
  if (fixedUid(pod.pod) === null) return ok({ value: null, before: { version: 1, scalar: null } });
  const place = uidPlace(pod);
  if (place === null) return fail(notRenewable(pod.path));
  const scalar = pod.text.slice(place.start, place.end);
  return ok({ value: RENEWED, before: { version: 1, scalar } });
}

/**
 * The edited text with the uid that it needs: its former source text where it is given back and setpoint had made the one that
 * stands there, else one that follows from the content, where that changed. Fails with SP2024, SP2105.
 */
export function settleUid(
  before: string,
  after: string,
  givenBack: JsonObject | null,
  path: string,
): Result<string> {
  const pod = parsePod(after, path);
  if (!pod.ok) return pod;
  const uid = fixedUid(pod.value.pod);
  if (uid === null) return ok(after);
  const changed = contentWithoutUid(before) !== contentWithoutUid(after);
  const scalar = givenBack === null ? undefined : givenBack['scalar'];
  if (givenBack !== null && (givenBack['version'] !== 1 || scalar === undefined)) {
    const help =
      'recorded state was written by another version of setpoint; put the uid back by hand';
    return fail(refusal('SP2024', path, 'the record of metadata.uid is not understood', help));
  }
  if (typeof scalar === 'string' && isDerived(uid)) {
    const back = withUid(pod.value, scalar);
    const isAnother = back.ok && fixedUid(decodeAsKubelet(back.value)) !== uid;
    if (!back.ok || isAnother || !changed) return back;
  }
  if (!changed) return ok(after);
  const place = uidPlace(pod.value);
  if (place === null) return fail(notRenewable(path));
  // Dashes after eight digits: neither YAML reads a plain one as a number or a date.
  const quote = isJson(after) ? '"' : place.quote;
  return withUid(pod.value, quote + derivedUid(after, uid) + quote);
}

/** The text with another source for the uid, proved: only the uid differs. */
function withUid(pod: PodSource, source: string): Result<string> {
  const place = uidPlace(pod);
  if (place === null) return fail(notRenewable(pod.path));
  const text = applySplice(pod.text, { start: place.start, end: place.end, text: source });
  const now = parsePod(text, pod.path);
  if (now.ok && contentWithoutUid(text) === contentWithoutUid(pod.text)) return ok(text);
  const help = 'nothing was changed; edit this manifest by hand and please report the file';
  const what = 'the edit of metadata.uid would not be safe: something else would change';
  return fail(refusal('SP2023', pod.path, what, help));
}

function notRenewable(path: string) {
  const help = 'write the uid on one line, without YAML anchors or tags';
  return refusal('SP2105', path, 'metadata.uid cannot be replaced where it stands', help);
}
