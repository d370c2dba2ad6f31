import { fail, ok } from '../../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../../diagnostics/diagnostic.ts';
import type { ItemKey } from '../../../../model/brand.ts';
import type { LiveItem } from '../../../../model/item.ts';
import type { ItemEdit } from '../../../kind.ts';
import { readContainer } from '../../pod/container.ts';
import type { Container } from '../../pod/container.ts';
import { isJson, parsePod } from '../../pod/parse-pod.ts';
import type { PodSource } from '../../pod/parse-pod.ts';
import { refusal } from '../../../../structured/refusal.ts';
import { applySplice } from '../../text/text-splice.ts';
import type { TextSplice } from '../../text/text-splice.ts';
import type { ProbeTarget } from '../companion-key.ts';
import { scalarSource } from '../splice-scalar.ts';
import { cannotFollow, probeFieldPlace, readFieldBefore } from './probe-field.ts';
import type { ProbeFieldPlace } from './probe-field.ts';
import { proveProbeEdit } from './prove-probe-edit.ts';
import { insertField, removeField, replaceField } from './splice-field.ts';

/** A probe's field as it is, and its source text for a release. Fails with SP2009, SP2010, SP2101. */
export function observeProbe(pod: PodSource, target: ProbeTarget): Result<LiveItem> {
  const container = readContainer(pod, target.container);
  const place = container.ok ? probeFieldPlace(container.value, target) : container;
  if (!place.ok) return place;
  const pair = place.value?.pair ?? null;
  const scalar = pair === null ? null : pod.text.slice(pair.value.start, pair.value.end);
  return ok({ value: valueOf(pod, target), before: { version: 1, scalar } });
}

/** The field as decoded; `null` = not written, or no such probe. */
export function valueOf(pod: PodSource, target: ProbeTarget): string | null {
  const container = readContainer(pod, target.container);
  const place = container.ok ? probeFieldPlace(container.value, target) : container;
  const node = place.ok ? place.value?.pair?.node.value : undefined;
  const value = (node as { value?: unknown } | undefined)?.value;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** The text with one field set or put back, proved. Fails with SP2009, SP2010, SP2023, SP2024, SP2101. */
export function editProbe(
  text: string,
  edit: ItemEdit,
  target: ProbeTarget,
  path: string,
): Result<string> {
  const pod = parsePod(text, path);
  const container = pod.ok ? readContainer(pod.value, target.container) : pod;
  const place = container.ok ? probeFieldPlace(container.value, target) : container;
  if (!container.ok || !place.ok) return fail(...(place.ok ? [] : place.diagnostics));
  const wish = wishOf(text, edit, target, place.value, path);
  if (!wish.ok) return wish;
  const splice = spliceFor(container.value, target, place.value, wish.value);
  if (!splice.ok || splice.value === null) return splice.ok ? ok(text) : splice;
  const edited = applySplice(text, splice.value);
  const problem = proveProbeEdit(text, edited, target, wish.value, path);
  return problem === null ? ok(edited) : fail(problem);
}

/** Source text that the field is to have; `null` = none. */
function wishOf(
  text: string,
  edit: ItemEdit,
  target: ProbeTarget,
  place: ProbeFieldPlace | null,
  path: string,
): Result<string | null> {
  if (edit.op === 'set') {
    const { value } = edit.item;
    if (value === null) return ok(null);
    // A port in quotes would be the name of a port.
    if (target.field === 'port' && /^\d+$/.test(value)) return ok(value);
    return ok(scalarSource(value, place?.pair?.value.quote ?? '', text));
  }
  const before = readFieldBefore(edit.before);
  if (before !== null && (before.scalar === null || !/[\r\n]/.test(before.scalar))) {
    return ok(before.scalar);
  }
  return fail(notUnderstood(edit.key, path));
}

function notUnderstood(key: ItemKey, path: string) {
  const help = 'recorded state was written by another version of setpoint; release it by hand';
  return refusal('SP2024', path, `the record of ${key} is not understood`, help);
}

function spliceFor(
  container: Container,
  target: ProbeTarget,
  place: ProbeFieldPlace | null,
  wish: string | null,
): Result<TextSplice | null> {
  const { text } = container.source;
  const pair = place?.pair ?? null;
  if (pair === null && wish === null) return ok(null);
  if (place === null) return fail(cannotFollow(container, target, 'the probe is not there'));
  if (pair !== null && text.slice(pair.value.start, pair.value.end) === wish) return ok(null);
  if (isJson(text) && wish !== null && !/^("|\d)/.test(wish)) {
    return fail(cannotFollow(container, target, 'it would not be JSON'));
  }
  const splice =
    wish === null
      ? removeField(text, place)
      : pair === null
        ? insertField(text, place, target.field, wish)
        : replaceField(place, wish);
  return splice === null
    ? fail(cannotFollow(container, target, 'there is no place for it in this layout'))
    : ok(splice);
}
