import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  visit,
} from 'yaml';
import type { Document, YAMLMap } from 'yaml';
import type { Dialect } from '../../cron/dialect.ts';
import { unreadEntry } from './schedule-entry.ts';
import type { FoundEntries, ScheduleEntry, UnreadEntry } from './schedule-entry.ts';

export interface YamlEntries extends FoundEntries {
  readonly mostAtOnce: number | null;
}

/** The jobs of a schedule file or of CronJob manifests, YAML or JSON; null: it is neither. `dialect`: for both, whatever they are. */
export function yamlEntries(text: string, dialect: Dialect | null): YamlEntries | null {
  const lines = new LineCounter();
  const documents = parsed(text, lines);
  const [first] = documents;
  if (first === undefined) return null;
  const place = (offset: number): ScheduleEntry['at'] => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const read = { text, dialect, place, aliases: aliasesOf(text, documents) };
  const jobs = documents.flatMap((document) => cronJobs(document.contents));
  if (jobs.length > 0) return { ...sorted(jobs.map(cronJobEntry(read))), mostAtOnce: null };
  const { contents } = first;
  if (!isMap(contents)) return null;
  const list = nodeAt(contents, ['schedules'], read);
  if (!isSeq(list)) return null;
  const zone = zoneAt(contents, ['global', 'timezone'], read);
  const most = contents.getIn(['global', 'max_concurrent']);
  const found = sorted(list.items.map(listEntry(read, zone)));
  return { ...found, mostAtOnce: Number.isSafeInteger(most) ? Number(most) : null };
}

interface Read {
  readonly text: string;
  readonly dialect: Dialect | null;
  readonly place: (offset: number) => ScheduleEntry['at'];
  readonly aliases: ReadonlyMap<unknown, unknown>;
}

type Found = ScheduleEntry | UnreadEntry;

function sorted(found: readonly Found[]): FoundEntries {
  return {
    entries: found.filter((one) => 'text' in one),
    unread: found.filter((one) => 'message' in one),
  };
}

function listEntry(read: Read, zone: string | null): (item: unknown, at: number) => Found {
  return (item, at) => {
    const place = `schedules[${at}]`;
    const entry = resolved(item, read);
    if (!isMap(entry)) {
      const message = `it is ${whatIs(entry)}, not an entry`;
      return unreadEntry(place, message, placeOf(item, read), 'write skill_name: and schedule:');
    }
    const name = stringAt(entry, ['skill_name']);
    const found = textAt(entry, ['schedule'], read);
    if ('message' in found) return { ...found, name: name === null ? place : `${place} (${name})` };
    const enabled = entry.get('enabled') !== false;
    const { dialect } = read;
    return { name: name ?? place, ...found, dialect: dialect ?? 'crontab', zone, enabled };
  };
}

function parsed(text: string, lineCounter: LineCounter): readonly Document[] {
  try {
    const documents: readonly Document.Parsed[] = parseAllDocuments(text, {
      lineCounter,
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false,
    });
    return documents.some(({ errors }) => errors.length > 0) ? [] : documents;
  } catch {
    return [];
  }
}

/** Itself, or those of a List. */
function cronJobs(contents: unknown): readonly YAMLMap[] {
  if (!isMap(contents)) return [];
  if (contents.get('kind') === 'CronJob') return [contents];
  const items = contents.get('kind') === 'List' ? contents.get('items') : null;
  return isSeq(items) ? items.items.flatMap(cronJobs) : [];
}

function cronJobEntry(read: Read): (job: YAMLMap, at: number) => Found {
  return (job, at) => {
    const namespace = stringAt(job, ['metadata', 'namespace']);
    const own = stringAt(job, ['metadata', 'name']) ?? `CronJob ${at + 1}`;
    const name = namespace === null ? own : `${namespace}/${own}`;
    const found = textAt(job, ['spec', 'schedule'], read);
    if ('message' in found) return { ...found, name };
    return {
      name,
      ...found,
      dialect: read.dialect ?? 'kubernetes',
      zone: zoneAt(job, ['spec', 'timeZone'], read),
      enabled: job.getIn(['spec', 'suspend']) !== true,
    };
  };
}

function stringAt(map: YAMLMap, path: readonly string[]): string | null {
  const value: unknown = map.getIn(path);
  return typeof value === 'string' ? value : null;
}

/** What stands there as a zone and is none is told of each entry that it would be for. */
function zoneAt(map: YAMLMap, path: readonly string[], read: Read): string | null {
  const node = nodeAt(map, path, read);
  if (node === undefined || (isScalar(node) && node.value === null)) return null;
  if (!isScalar(node)) return whatIs(node);
  return String(node.value);
}

/** The text of a scalar, and where it begins: behind its quote. */
function textAt(
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

function nodeAt(map: YAMLMap, path: readonly string[], read: Read): unknown {
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
function resolved(node: unknown, { aliases }: Read): unknown {
  return isAlias(node) ? (aliases.get(node) ?? node) : node;
}

/** An anchor may be given again: an alias means the last one before it. */
function aliasesOf(text: string, documents: readonly Document[]): ReadonlyMap<unknown, unknown> {
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

function placeOf(node: unknown, { place }: Read): ScheduleEntry['at'] {
  return place(isNode(node) ? (node.range?.[0] ?? 0) : 0);
}

function whatIs(node: unknown): string {
  if (isMap(node)) return 'a map';
  if (isSeq(node)) return 'a list';
  if (!isScalar(node)) return 'an alias of nothing';
  if (node.value === null) return 'empty';
  return { string: 'a text', boolean: 'true or false' }[typeof node.value as string] ?? 'a number';
}
