import { isAlias, isMap, isNode, isScalar, isSeq, visit } from 'yaml';
import type { Document, YAMLMap } from 'yaml';
import type { Dialect } from '../../cron/dialect.ts';
import { unreadEntry } from './schedule-entry.ts';
import type { ScheduleEntry, UnreadEntry } from './schedule-entry.ts';

/** A text of which entries are read. */
export interface Read {
  readonly text: string;
  readonly dialect: Dialect | null;
  readonly place: (offset: number) => ScheduleEntry['at'];
  readonly aliases: ReadonlyMap<unknown, unknown>;
}

/** What stands there as a text; null: something else, or nothing. */
export function stringAt(map: YAMLMap, path: readonly string[]): string | null {
  const value: unknown = map.getIn(path);
  return typeof value === 'string' ? value : null;
}

/** What stands there as a zone and is none is told of each entry that it would be for. */
export function zoneAt(map: YAMLMap, path: readonly string[], read: Read): string | null {
  const node = nodeAt(map, path, read);
  if (node === undefined || (isScalar(node) && node.value === null)) return null;
  if (!isScalar(node)) return whatIs(node);
  return String(node.value);
}

/** The text of a scalar, and where it begins: behind its quote. */
export function textAt(
  map: YAMLMap,
  path: readonly string[],
  read: Read,
): Pick<ScheduleEntry, 'text' | 'at'> | UnreadEntry {
  const written = writtenAt(map, path, read);
  const node = resolved(written, read);
  const help = 'write a text such as "0 3 * * *"';
  if (node === undefined) return unreadEntry('', 'it has no schedule', placeOf(map, read), help);
  if (!isScalar(node) || typeof node.value !== 'string') {
    const message = `its schedule is ${whatIs(node)}, not a text`;
    return unreadEntry('', message, placeOf(written, read), help);
  }
  const { line, column } = placeOf(node, read);
  const isQuoted = /["']/.test(read.text[node.range?.[0] ?? 0] ?? '');
  return { text: node.value, at: { line, column: isQuoted ? column + 1 : column } };
}

/** What stands there, an alias as what it stands for. */
export function nodeAt(map: YAMLMap, path: readonly string[], read: Read): unknown {
  return resolved(writtenAt(map, path, read), read);
}

/** As it stands there: an alias itself. */
function writtenAt(map: YAMLMap, path: readonly string[], read: Read): unknown {
  let node: unknown = map;
  for (const key of path) {
    const within = resolved(node, read);
    node = isMap(within) ? within.get(key, true) : undefined;
  }
  return node;
}

/** An alias as what it stands for; not what is within that. */
export function resolved(node: unknown, { aliases }: Read): unknown {
  return isAlias(node) ? (aliases.get(node) ?? node) : node;
}

/** An anchor may be given again: an alias means the last one before it. */
export function aliasesOf(
  text: string,
  documents: readonly Document[],
): ReadonlyMap<unknown, unknown> {
  const found = new Map<unknown, unknown>();
  if (!text.includes('*')) return found;
  for (const document of documents) {
    const anchors = new Map<string, unknown>();
    visit(document, (_, node) => {
      if (isAlias(node)) found.set(node, anchors.get(node.source));
      else if (isNode(node) && 'anchor' in node && typeof node.anchor === 'string') {
        anchors.set(node.anchor, node);
      }
    });
  }
  return found;
}

/** Where it begins; of what is not there, the beginning. */
export function placeOf(node: unknown, { place }: Read): ScheduleEntry['at'] {
  return place(isNode(node) ? (node.range?.[0] ?? 0) : 0);
}

/** A node as sentences say it: `a list`. */
export function whatIs(node: unknown): string {
  if (isMap(node)) return 'a map';
  if (isSeq(node)) return 'a list';
  if (!isScalar(node)) return 'an alias of nothing';
  if (node.value === null) return 'empty';
  return { string: 'a text', boolean: 'true or false' }[typeof node.value as string] ?? 'a number';
}
