import type { MapEntry, SourceNode } from '../files/source-tree.ts';

/** Where two readings of a file say something else, as keys from the top; of lists of different length the list itself. */
export function changedPaths(
  before: SourceNode | undefined,
  after: SourceNode | undefined,
  path: readonly string[] = [],
): readonly (readonly string[])[] {
  const [a, b] = [membersOf(before), membersOf(after)];
  // What is new is told member by member.
  if (a !== null && b !== null && (a.size > 0 || b.size > 0)) {
    const keys = [...new Set([...a.keys(), ...b.keys()])];
    return keys.flatMap((key) =>
      changedPaths(a.get(key)?.value, b.get(key)?.value, [...path, key]),
    );
  }
  if (before?.type === 'list' && after?.type === 'list') {
    if (before.items.length !== after.items.length) return [path];
    return before.items.flatMap((item, index) =>
      changedPaths(item, after.items[index], [...path, String(index)]),
    );
  }
  return sameScalar(before, after) ? [] : [path];
}

function membersOf(node: SourceNode | undefined): ReadonlyMap<string, MapEntry> | null {
  if (node === undefined) return new Map();
  return node.type === 'map' ? node.entries : null;
}

function sameScalar(a: SourceNode | undefined, b: SourceNode | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.type !== 'scalar' || b.type !== 'scalar') {
    return a.type === b.type;
  }
  return a.value === b.value && a.text === b.text;
}
