import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../../../diagnostics/sort.ts';
import type { JsonValue } from '../../../model/item.ts';
import { placesOf } from './place-problems.ts';
import type { ScheduleProblem } from './problem.ts';
import { validateScheduleValue } from './validate-value.ts';
import type { ScheduleRules } from './validate-value.ts';

/** A document as it was read: its text, YAML or JSON, and the value that it decodes to. */
export interface ReadDocument {
  readonly text: string;
  readonly value: JsonValue;
}

/** More says nothing more to anybody. */
const MOST_TOLD = 100;

/**
 * Everything that is wrong with a file of schedules, each with code (SP222x, SP223x) and its place in the text, sorted by place;
 * none: it is valid. Independent of plans. `path` names the file.
 */
export function validateScheduleDocument(
  { text, value }: ReadDocument,
  path: string,
  rules: ScheduleRules,
): readonly Diagnostic[] {
  return placedProblems(text, path, validateScheduleValue(value, rules));
}

/** Problems of a document at their places in its text, sorted by place; of very many the first ones, and how many are left. */
export function placedProblems(
  text: string,
  path: string,
  problems: readonly ScheduleProblem[],
): readonly Diagnostic[] {
  if (problems.length === 0) return [];
  const told = problems.slice(0, MOST_TOLD);
  const places = placesOf(text, path, told);
  const found = told.flatMap(({ code, message, help }, index): readonly Diagnostic[] => {
    const at = places[index];
    const said = { code, severity: 'error' as const, message, ...(help === null ? {} : { help }) };
    return [at === undefined ? said : { ...said, at }];
  });
  const sorted = sortDiagnostics(found);
  const more = problems.length - told.length;
  if (more === 0) return sorted;
  const message = `${path} has ${more} more problems that are not shown`;
  return [...sorted, { code: 'SP2229', severity: 'error', message }];
}
