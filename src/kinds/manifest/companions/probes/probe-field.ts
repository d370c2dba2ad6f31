import { isMap, isScalar, isSeq } from 'yaml';
import type { Pair, YAMLMap } from 'yaml';
import { fail, ok } from '../../../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../../../diagnostics/diagnostic.ts';
import type { JsonObject } from '../../../../model/item.ts';
import { isMarked } from '../../pod/container.ts';
import type { Container } from '../../pod/container.ts';
import { refusal } from '../../../../structured/refusal.ts';
import type { ProbeTarget } from '../companion-key.ts';
import { scalarPlace } from '../splice-scalar.ts';
import type { PlainPlace } from '../splice-scalar.ts';

/** One field of a probe as written. */
export interface ProbeFieldPlace {
  /** The map of `httpGet` or `tcpSocket`. */
  readonly map: YAMLMap;
  /** Its pair, with the place of the value; `null` = not written. */
  readonly pair: { readonly node: Pair; readonly value: PlainPlace } | null;
}

/** What a release of a probe's field needs (recorded state, format 1): the source of its scalar, `null` = not written. */
export interface FieldBefore {
  readonly version: 1;
  readonly scalar: string | null;
}

/**
 * Finds the field. `null`: the container has no such probe over the network any more. Fails with SP2101 where the text near it
 * does not say all of what it means (anchor, alias, tag), or it does not stand on one line.
 */
export function probeFieldPlace(
  container: Container,
  target: Pick<ProbeTarget, 'probe' | 'field'>,
): Result<ProbeFieldPlace | null> {
  const { source, group, index } = container;
  const probe = walk(source.document.contents, ['spec', group, index, `${target.probe}Probe`]);
  const asks = ['httpGet', 'tcpSocket'].map((action) => walk(probe, [action]));
  if (probe === MARKED || asks.includes(MARKED)) {
    return fail(cannotFollow(container, target, 'an anchor, alias or tag stands on the way to it'));
  }
  const map = asks.find((one) => isMap(one));
  if (!isMap(map)) return ok(null);
  const node = map.items.find(({ key }) => isScalar(key) && key.value === target.field);
  if (node === undefined || (isScalar(node.value) && node.value.source === '')) {
    return node === undefined
      ? ok({ map, pair: null })
      : fail(cannotFollow(container, target, 'its value is empty'));
  }
  const value = scalarPlace(source.text, node.value);
  return value === null
    ? fail(cannotFollow(container, target, 'its value does not stand on one line by itself'))
    : ok({ map, pair: { node, value } });
}

export function cannotFollow(
  { name, source }: Pick<Container, 'name' | 'source'>,
  { probe, field }: Pick<ProbeTarget, 'probe' | 'field'>,
  why: string,
): Diagnostic {
  const help = 'write the probe out, each field on a line of its own, or leave probes: follow out';
  const what = `${field} of the ${probe} probe of ${name} cannot be changed: ${why}`;
  return refusal('SP2101', source.path, what, help);
}

/** Recorded state that this version wrote; `null` when it is another's. */
export function readFieldBefore(json: JsonObject): FieldBefore | null {
  const { version, scalar } = json;
  if (version !== 1 || (scalar !== null && typeof scalar !== 'string')) return null;
  return { version, scalar };
}

const MARKED = Symbol('marked');

function walk(from: unknown, path: readonly (string | number)[]): unknown {
  let node = from;
  for (const step of path) {
    if (isMarked(node)) return MARKED;
    node = isMap(node) || isSeq(node) ? node.get(step, true) : undefined;
  }
  return isMarked(node) ? MARKED : node;
}
