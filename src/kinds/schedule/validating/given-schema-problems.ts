import { quoted } from '../../../diagnostics/printable.ts';
import type { JsonValue } from '../../../model/item.ts';
import type { ScheduleLayout } from '../layout.ts';
import { calledAt } from './entry-name.ts';
import { problem } from './problem.ts';
import type { ScheduleProblem } from './problem.ts';
import type { CheckValue, SchemaError } from './schema-check.ts';
import { pathOf } from './value-at.ts';

/** A document against the schema that a resource names: what ajv says of it, at its place. */
export function givenSchemaProblems(
  document: JsonValue,
  check: CheckValue,
  layout: ScheduleLayout,
): readonly ScheduleProblem[] {
  const errors = check(document);
  if (errors === null) {
    const help = 'make its patterns simpler: nested repetitions take time without end';
    return [problem('SP2232', [], 'holding the file against its schema took too long', help)];
  }
  return errors.map((error) => said(document, error, layout));
}

function said(document: JsonValue, error: SchemaError, layout: ScheduleLayout): ScheduleProblem {
  const path = pathOf(document, error.instancePath);
  const where = calledAt(document, path, layout);
  const key = error.params['additionalProperty'];
  if (typeof key === 'string') {
    const message = `unknown key ${quoted(key)} in ${where}`;
    return problem('SP2230', [...path, key], message, null, 'key');
  }
  const message = `${where} ${error.message ?? `does not fit (${error.keyword})`}`;
  return problem('SP2230', path, message);
}
