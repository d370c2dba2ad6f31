import { isAlias, isMap, isScalar } from 'yaml';
import type { Pair, ParsedNode, YAMLMap } from 'yaml';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { keyName } from '../files/convert-document.ts';
import { report } from '../files/source-file.ts';
import type { PlanText } from './plan-text.ts';

export type ParsedPair = Pair<ParsedNode, ParsedNode | null>;

/** Where the value of a key is written, and nowhere else. */
export interface Place {
  readonly path: readonly string[];
  readonly map: YAMLMap.Parsed;
  readonly pair: ParsedPair;
  readonly inFlow: boolean;
}

/** The pair at a path of keys; `null`: not there. Fails with SP3080 where a change would not stay at that place. */
export function placeOf(plan: PlanText, path: readonly string[]): Result<Place | null> {
  let node: ParsedNode | null = plan.root;
  let inFlow = false;
  let place: Place | null = null;
  for (const [depth, name] of path.entries()) {
    if (!isMap(node)) return ok(null);
    const map: YAMLMap.Parsed = node;
    inFlow ||= map.flow === true;
    const pair: ParsedPair | undefined = map.items.find(({ key }) => keyName(key) === name);
    if (pair === undefined) return ok(null);
    const obstacle = obstacleAt(plan, pair.value);
    if (obstacle !== null) return fail(obstacle);
    place = { path: path.slice(0, depth + 1), map, pair, inFlow };
    node = pair.value;
  }
  return ok(place);
}

/** Why a node cannot be changed for one place alone (SP3080). */
export function obstacleAt(plan: PlanText, node: ParsedNode | null): Diagnostic | null {
  if (node === null) return null;
  const complain = (message: string, help: string): Diagnostic =>
    report(plan.document.tree.file, 'SP3080', spanOf(node), message, help);
  if (isAlias(node)) {
    return complain(
      `this is *${node.source}, which stands elsewhere`,
      'write the value out here instead of the alias, then adopt again',
    );
  }
  if (node.anchor !== undefined && plan.repeated.has(node.anchor)) {
    return complain(
      `what stands in &${node.anchor} is repeated by *${node.anchor}: both would change`,
      `write the value out instead of *${node.anchor}, then adopt again`,
    );
  }
  if (isScalar(node) && node.tag !== undefined) {
    return complain(`this value has the tag ${node.tag}`, 'remove the tag, then adopt again');
  }
  return null;
}

/** For a place that has to be there, because the plan was read from it. */
export function noPlace(plan: PlanText, what: string): Diagnostic {
  const { nameSpan, tree } = plan.document;
  return report(tree.file, 'SP3080', nameSpan, `${what} is not written in this file`);
}

export function spanOf(node: ParsedNode): { readonly start: number; readonly end: number } {
  return { start: node.range[0], end: node.range[1] };
}
