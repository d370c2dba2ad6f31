import { readKubernetes } from '../../cron/kubernetes/read-kubernetes.ts';
import { isZone } from '../../cron/zone/zone-clock.ts';
import { quoted } from '../../diagnostics/printable.ts';
import type { JsonValue } from '../../model/item.ts';
import type { CronJobField } from '../../model/plan-file.ts';

/** What the API server would say of a value: where in it, counted from 1, and what to write instead. */
export interface FieldProblem {
  readonly column: number;
  readonly length: number;
  readonly message: string;
  readonly help: string;
}

const POLICIES = ['Allow', 'Forbid', 'Replace'];
/** Go's int64 and int32 (batch/v1 CronJobSpec). */
const MOST = { startingDeadlineSeconds: Number.MAX_SAFE_INTEGER, other: 2 ** 31 - 1 };

/** Rules: kubernetes/kubernetes pkg/apis/batch/validation/validation.go, validateCronJobSpec, validateScheduleFormat, validateTimeZone. */
export function fieldProblems(field: CronJobField, value: JsonValue): readonly FieldProblem[] {
  switch (field) {
    case 'schedule':
      return typeof value === 'string'
        ? scheduleProblems(value)
        : whole('it is no text', 'quote it');
    case 'timeZone':
      return zoneProblems(value);
    case 'suspend':
      return typeof value === 'boolean'
        ? []
        : whole('it is not true or false', 'write true or false');
    case 'concurrencyPolicy':
      return POLICIES.some((one) => one === value)
        ? []
        : whole(`${told(value)} is no policy`, `write ${POLICIES.join(', ')}`);
    case 'startingDeadlineSeconds':
      return numberProblems(value, MOST.startingDeadlineSeconds);
    case 'successfulJobsHistoryLimit':
    case 'failedJobsHistoryLimit':
      return numberProblems(value, MOST.other);
    default:
      return field satisfies never;
  }
}

function scheduleProblems(text: string): readonly FieldProblem[] {
  // Anywhere in the text, in upper case (validateScheduleFormat).
  const zone = text.indexOf('TZ');
  if (zone !== -1) {
    const message = 'a zone in the schedule, which the API server refuses';
    return [{ column: zone + 1, length: 2, message, help: 'say the zone in timeZone' }];
  }
  const reading = readKubernetes(text);
  if (reading.ok) return [];
  return reading.problems.map(({ column, length, message, help }) => ({
    column,
    length,
    message,
    help: help ?? 'it has minute, hour, day of month, month and day of week',
  }));
}

/** Each part of a name: 1 to 14 of these characters, and neither `.` nor `..` (validateTimeZone). */
const ZONE_PART = /^[A-Za-z0-9._+-]{1,14}$/;

function zoneProblems(value: JsonValue): readonly FieldProblem[] {
  const help = 'write an IANA name such as Europe/Berlin, or null for the zone of the cluster';
  if (typeof value !== 'string' || value === '') return whole('it names no zone', help);
  if (value.toLowerCase() === 'local') return whole('Local is refused by the API server', help);
  const odd = value.split('/').some((part) => !ZONE_PART.test(part) || /^\.\.?$/.test(part));
  return odd || !isZone(value) ? whole(`${quoted(value)} is no time zone`, help) : [];
}

function numberProblems(value: JsonValue, most: number): readonly FieldProblem[] {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most)
    return [];
  return whole(`${told(value)} is no whole number from 0 to ${most}`, 'correct the number');
}

function whole(message: string, help: string): readonly FieldProblem[] {
  return [{ column: 1, length: 1, message, help }];
}

function told(value: JsonValue): string {
  return typeof value === 'object' && value !== null ? 'this' : JSON.stringify(value);
}
