import type { HostName } from '../../model/brand.ts';
import type { Variables } from '../../model/plan-file.ts';
import { matchesGlob } from './match-host.ts';
import { child, entries, fromJson, type MapNode, type SourceNode } from './source-tree.ts';

/**
 * Variables of a plan for one host: `vars`, then `hostVars` (globs in file order, the exact name last), then those given on the
 * command line. A later one replaces a whole value.
 */
export function effectiveVariables(
  root: MapNode,
  host: HostName,
  given: Variables,
): ReadonlyMap<string, SourceNode> {
  const variables = new Map<string, SourceNode>();
  const add = (node: SourceNode | undefined): void => {
    for (const { key, value } of entries(node)) variables.set(key, value);
  };
  add(child(root, 'vars'));
  const byHost = entries(child(root, 'hostVars'));
  for (const entry of byHost) {
    if (entry.key !== host && matchesGlob(entry.key, host)) add(entry.value);
  }
  add(byHost.find((entry) => entry.key === host)?.value);
  for (const [name, value] of Object.entries(given)) {
    variables.set(name, fromJson(value, { start: 0, end: 0 }));
  }
  return variables;
}
