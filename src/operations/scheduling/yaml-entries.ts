import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml';
import type { Document, YAMLMap } from 'yaml';
import type { Dialect } from '../../cron/dialect.ts';
import type { ScheduleEntry } from './schedule-entry.ts';

export interface YamlEntries {
  readonly entries: readonly ScheduleEntry[];
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
  const jobs = documents.flatMap((document) => cronJobs(document.contents));
  if (jobs.length > 0) {
    const entries = jobs.map((job, at) => cronJobEntry(job, at, text, dialect, place));
    return { entries: entries.filter((entry) => entry !== null), mostAtOnce: null };
  }
  const { contents } = first;
  if (!isMap(contents)) return null;
  const list = contents.get('schedules');
  if (!isSeq(list)) return null;
  const zone = stringAt(contents, ['global', 'timezone']);
  const most = contents.getIn(['global', 'max_concurrent']);
  const entries = list.items.flatMap((item, at) => {
    if (!isMap(item)) return [];
    const name = stringAt(item, ['skill_name']) ?? `schedules[${at}]`;
    const enabled = item.get('enabled') !== false;
    const found = textAt(item, ['schedule'], text, place);
    if (found === null) return [];
    return [{ name, ...found, dialect: dialect ?? 'crontab', zone, enabled }];
  });
  return { entries, mostAtOnce: Number.isSafeInteger(most) ? Number(most) : null };
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

type Place = (offset: number) => ScheduleEntry['at'];

function cronJobEntry(
  job: YAMLMap,
  at: number,
  source: string,
  dialect: Dialect | null,
  place: Place,
): ScheduleEntry | null {
  const found = textAt(job, ['spec', 'schedule'], source, place);
  if (found === null) return null;
  const namespace = stringAt(job, ['metadata', 'namespace']);
  const name = stringAt(job, ['metadata', 'name']) ?? `CronJob ${at + 1}`;
  return {
    name: namespace === null ? name : `${namespace}/${name}`,
    ...found,
    dialect: dialect ?? 'kubernetes',
    zone: stringAt(job, ['spec', 'timeZone']),
    enabled: job.getIn(['spec', 'suspend']) !== true,
  };
}

function stringAt(map: YAMLMap, path: readonly string[]): string | null {
  const value: unknown = map.getIn(path);
  return typeof value === 'string' ? value : null;
}

/** The text of a scalar, and where it begins: behind its quote. */
function textAt(
  map: YAMLMap,
  path: readonly string[],
  source: string,
  place: Place,
): Pick<ScheduleEntry, 'text' | 'at'> | null {
  const node: unknown = map.getIn(path, true);
  if (!isScalar(node) || typeof node.value !== 'string') return null;
  const start = node.range?.[0] ?? 0;
  const isQuoted = source[start] === '"' || source[start] === "'";
  return { text: node.value, at: place(isQuoted ? start + 1 : start) };
}
