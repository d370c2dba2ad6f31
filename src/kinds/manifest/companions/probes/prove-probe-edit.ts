import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from '../../../../diagnostics/diagnostic.ts';
import { asMap } from '../../pod/check-pod.ts';
import { readContainer } from '../../pod/container.ts';
import type { Container } from '../../pod/container.ts';
import { decodeAsKubelet, parsePod } from '../../pod/parse-pod.ts';
import type { PodSource } from '../../pod/parse-pod.ts';
import { refusal } from '../../../../structured/refusal.ts';
import { applySplice } from '../../text/text-splice.ts';
import type { ProbeTarget } from '../companion-key.ts';
import { probeFieldPlace } from './probe-field.ts';
import { removeField, replaceField } from './splice-field.ts';

/**
 * Proves the edit of one field: the new text parses, decodes by YAML 1.2 and as the kubelet decodes to the old pod but for this
 * field, which has the wanted source; and taking the field out of both texts leaves the same bytes. `null` = proved.
 */
export function proveProbeEdit(
  before: string,
  after: string,
  target: ProbeTarget,
  wish: string | null,
  path: string,
): Diagnostic | null {
  const [old, now] = [parsePod(before, path), parsePod(after, path)];
  if (!old.ok || !now.ok) return unsafe(path, 'the result would not parse');
  const [was, is] = [containerIn(old.value, target), containerIn(now.value, target)];
  if (was === null || is === null) return unsafe(path, 'the container would not be readable');
  if (sourceOf(is, target) !== wish) return unsafe(path, 'the field would not be as planned');
  const same = [
    [old.value.pod, now.value.pod],
    [decodeAsKubelet(before), decodeAsKubelet(after)],
  ].every(([a, b]) => isDeepStrictEqual(withoutField(a, was, target), withoutField(b, is, target)));
  if (!same) return unsafe(path, 'something else would change');
  const both = sourceOf(was, target) !== null && wish !== null;
  return residue(was, target, both) === residue(is, target, both)
    ? null
    : unsafe(path, 'bytes outside the probe would change');
}

function containerIn(pod: PodSource, { container }: ProbeTarget): Container | null {
  const found = readContainer(pod, container);
  return found.ok ? found.value : null;
}

function sourceOf(container: Container, target: ProbeTarget): string | null {
  const place = probeFieldPlace(container, target);
  const value = place.ok ? place.value?.pair?.value : undefined;
  return value === undefined ? null : container.source.text.slice(value.start, value.end);
}

/** The text without the scalar where both have one, else without the whole field. */
function residue({ source, ...container }: Container, target: ProbeTarget, both: boolean): string {
  const found = probeFieldPlace({ source, ...container }, target);
  const place = found.ok ? found.value : null;
  if (place === null || place.pair === null) return source.text;
  const cut = both ? replaceField(place, '') : removeField(source.text, place);
  return cut === null ? '' : applySplice(source.text, cut);
}

function withoutField(pod: unknown, container: Container, target: ProbeTarget): unknown {
  const copy: unknown = structuredClone(pod);
  const group = asMap(asMap(copy)?.['spec'])?.[container.group];
  const own = Array.isArray(group) ? asMap(group[container.index]) : null;
  const probe = asMap(own?.[`${target.probe}Probe`]);
  for (const action of ['httpGet', 'tcpSocket']) {
    const asks = asMap(probe?.[action]);
    if (asks !== null) Object.assign(asks, { [target.field]: null });
  }
  return copy;
}

function unsafe(path: string, problem: string): Diagnostic {
  const help = 'nothing was changed; edit this manifest by hand and please report the file';
  return refusal('SP2023', path, `the edit of a probe would not be safe: ${problem}`, help);
}
