import { quoted } from '../../../diagnostics/printable.ts';
import type { Dialect } from '../../../cron/dialect.ts';
import { readSchedule } from '../../../cron/read-schedule.ts';
import type { JsonValue } from '../../../model/item.ts';
import { isJsonObject } from '../../../model/json-object.ts';
import { typeInWords } from '../type-in-words.ts';
import type { ScheduleLayout } from '../layout.ts';
import { calledAt, listIn, nameOf } from './entry-name.ts';
import { problem } from './problem.ts';
import type { ScheduleProblem } from './problem.ts';

/** The most entries that a list may have. */
const MOST_ENTRIES = 10_000;

/**
 * Names and schedules of a list of jobs, whatever schema it has. What is no list, mapping or text our own schema refuses: that is
 * said here only for `strict`, where another schema or none is asked.
 */
export function listProblems(
  document: JsonValue,
  layout: ScheduleLayout,
  dialect: Dialect,
  strict: boolean,
): readonly ScheduleProblem[] {
  const list = listIn(document, layout);
  if (!Array.isArray(list)) return strict ? [noList(list, layout)] : [];
  const entries: readonly JsonValue[] = list;
  if (entries.length > MOST_ENTRIES) {
    const message = `the list has ${entries.length} entries, at most ${MOST_ENTRIES}`;
    return strict ? [problem('SP2229', layout.list, message)] : [];
  }
  return [
    ...entries.flatMap((entry, at) => (strict ? formProblems(document, entry, at, layout) : [])),
    ...twice(entries, layout),
    ...entries.flatMap((entry, at) => cronProblems(document, entry, at, layout, dialect)),
  ];
}

function noList(found: JsonValue | undefined, { list }: ScheduleLayout): ScheduleProblem {
  const where = list.length === 0 ? 'the file' : quoted(list.join('.'));
  const message = `${where} must be a list of jobs, not ${typeInWords(found)}`;
  const help = 'say where the list stands: list: KEY.KEY, or list: "" for the document itself';
  return problem('SP2233', found === undefined ? [] : list, message, help);
}

/** Where no schema of ours says it: an entry is a mapping with a name. */
function formProblems(
  document: JsonValue,
  entry: JsonValue,
  at: number,
  layout: ScheduleLayout,
): readonly ScheduleProblem[] {
  const path = [...layout.list, at];
  const where = calledAt(document, path, layout);
  if (!isJsonObject(entry)) {
    return [problem('SP2222', path, `${where} must be a mapping, not ${typeInWords(entry)}`)];
  }
  if (nameOf(entry, layout) === null) {
    const message = `${where} has no text in ${quoted(layout.key)}, which is to be its name`;
    return [problem('SP2220', path, message, 'say another field as key:, or name the entry')];
  }
  const when = entry[layout.scheduleField];
  if (typeof when === 'string' && when.length > LONGEST) {
    const message = `${quoted(layout.scheduleField)} of ${where} is longer than ${LONGEST} characters`;
    return [problem('SP2229', [...path, layout.scheduleField], message)];
  }
  if (when === undefined || (typeof when === 'string' && when !== '')) return [];
  if (when === '')
    return [
      problem(
        'SP2223',
        [...path, layout.scheduleField],
        `${quoted(layout.scheduleField)} of ${where} is empty`,
      ),
    ];
  const message = `${quoted(layout.scheduleField)} of ${where} must be a text, not ${typeInWords(when)}`;
  return [problem('SP2222', [...path, layout.scheduleField], message, 'put it in quotes')];
}

function twice(entries: readonly JsonValue[], layout: ScheduleLayout): readonly ScheduleProblem[] {
  const first = new Map<string, number>();
  return entries.flatMap((entry, at) => {
    const name = nameOf(entry, layout);
    if (name === null) return [];
    const earlier = first.get(name);
    if (earlier === undefined) {
      first.set(name, at);
      return [];
    }
    const message = `entry ${at + 1} has the name ${quoted(name)}, as entry ${earlier + 1} has`;
    return [problem('SP2225', [...layout.list, at, layout.key], message, 'rename or remove one')];
  });
}

function cronProblems(
  document: JsonValue,
  entry: JsonValue,
  at: number,
  layout: ScheduleLayout,
  dialect: Dialect,
): readonly ScheduleProblem[] {
  const text = isJsonObject(entry) ? entry[layout.scheduleField] : undefined;
  if (typeof text !== 'string' || text === '' || text.length > LONGEST) return [];
  const path = [...layout.list, at, layout.scheduleField];
  const reading = readSchedule(text, dialect, { seed: nameOf(entry, layout) });
  if (reading.ok) return [];
  const where = calledAt(document, path, layout);
  return reading.problems.map(({ column, length, message, help }) => ({
    ...problem('SP2226', path, `${where}: ${message}`, help),
    piece: { column, length },
  }));
}

/** Characters of a schedule, as in our schema. */
const LONGEST = 256;
