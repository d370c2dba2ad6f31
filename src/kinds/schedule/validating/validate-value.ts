import type { Dialect } from '../../../cron/dialect.ts';
import { quoted } from '../../../diagnostics/printable.ts';
import type { JsonValue } from '../../../model/item.ts';
import { zoneOffset } from '../../../cron/zone/zone-offset.ts';
import type { ScheduleLayout } from '../layout.ts';
import { givenSchemaProblems } from './given-schema-problems.ts';
import { listProblems } from './list-problems.ts';
import { ownSchemaProblems } from './own-schema-problems.ts';
import { problem } from './problem.ts';
import type { ScheduleProblem } from './problem.ts';
import type { SchemaCheck } from './schema-check.ts';
import { valueAt } from './value-at.ts';

export interface ScheduleRules {
  readonly dialect: Dialect;
  readonly layout: ScheduleLayout;
  readonly schema: SchemaCheck;
}

/** Everything that is wrong with a list of jobs: its schema, names that occur twice, schedules, the zone. Pure; no order is promised. */
export function validateScheduleValue(
  document: JsonValue,
  { dialect, layout, schema }: ScheduleRules,
): readonly ScheduleProblem[] {
  const own = schema === 'own';
  return [
    ...(own ? ownSchemaProblems(document) : []),
    ...(typeof schema === 'function' ? givenSchemaProblems(document, schema, layout) : []),
    ...listProblems(document, layout, dialect, !own),
    ...zoneProblems(document),
  ];
}

const ZONE = ['global', 'timezone'];

/** Also where a schema of somebody else says nothing of it: the plan's `global: {timezone}` means this field. */
function zoneProblems(document: JsonValue): readonly ScheduleProblem[] {
  const zone = valueAt(document, ZONE);
  if (typeof zone !== 'string' || zone === '' || zoneOffset(zone) !== null) return [];
  const help = 'write an IANA name such as Europe/Berlin or UTC';
  return [problem('SP2227', ZONE, `${quoted(zone)} is no time zone that is known here`, help)];
}
