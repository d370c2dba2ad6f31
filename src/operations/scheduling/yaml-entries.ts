import { isMap, isSeq, LineCounter, parseAllDocuments } from 'yaml';
import type { Document } from 'yaml';
import type { Dialect } from '../../cron/dialect.ts';
import { cronJobEntry, cronJobs } from './cronjob-entries.ts';
import { unreadEntry } from './schedule-entry.ts';
import type { FoundEntries, ScheduleEntry, UnreadEntry } from './schedule-entry.ts';
import {
  aliasesOf,
  nodeAt,
  placeOf,
  resolved,
  stringAt,
  textAt,
  whatIs,
  zoneAt,
} from './yaml-nodes.ts';
import type { Read } from './yaml-nodes.ts';

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
