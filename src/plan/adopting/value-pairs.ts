import { readKey as readCronJobKey } from '../../kinds/cronjob/item-key.ts';
import { markerOf } from '../../kinds/crontab/marker.ts';
import { jobOfLine } from '../../kinds/crontab/job-of-line.ts';
import { readKey as readScheduleKey } from '../../kinds/schedule/item-key.ts';
import type { JsonObject, JsonValue } from '../../model/item.ts';
import { isJsonObject } from '../../model/json-object.ts';
import type { CronJobSpec, CrontabJob, CrontabSpec, ScheduleSpec } from '../../model/plan-file.ts';
import type { ItemToAdopt } from './adoption.ts';
import type { ValuePair } from './edit-value.ts';

/** A field of a CronJob; what is not there is `null` in a plan. `null`: the resource does not declare it. */
export function cronJobValue(
  resource: string,
  { fields }: CronJobSpec,
  { key, live }: ItemToAdopt,
): ValuePair | null {
  const field = readCronJobKey(key)?.field;
  const declared = field === undefined ? undefined : fields[field];
  if (field === undefined || declared === undefined) return null;
  return { path: ['resources', resource, field], declared, live: parsed(live) };
}

/** An entry without the field that names it, or a setting. */
export function scheduleValue(
  resource: string,
  spec: ScheduleSpec,
  { key, live }: ItemToAdopt,
): ValuePair | null {
  const item = readScheduleKey(key);
  if (item === null) return null;
  const held = item.item === 'entry' ? 'entries' : 'global';
  const declared = ownOf<JsonValue>(spec[held], item.name);
  if (declared === undefined) return null;
  const now = parsed(live);
  const path = ['resources', resource, held, item.name];
  return { path, declared, live: item.item === 'entry' ? unnamed(now, item.key) : now };
}

/** A setting, or schedule, user and command of a job. A line that is gone, or reads as nothing that a plan declares, has no live value. */
export function crontabValue(
  resource: string,
  { jobs, environment, owner, escapePercent }: CrontabSpec,
  { key, live }: ItemToAdopt,
): ValuePair | null {
  const marker = markerOf(key);
  if (marker === null) return null;
  const { name } = marker;
  const of = ['resources', resource];
  if (marker.what === 'env') {
    const declared = ownOf(environment, name);
    return declared === undefined
      ? null
      : { path: [...of, 'environment', name], declared, live: live ?? undefined };
  }
  const declared = ownOf(jobs, name);
  if (declared === undefined) return null;
  const escapes = escapePercent !== false;
  const job = live === null ? null : jobOfLine(live, { system: owner === null, escapes });
  const path = [...of, 'jobs', name];
  if (declared === null || job === null) return { path, declared: null, live: undefined };
  const same = oneBlank(declared.schedule) === oneBlank(job.schedule);
  const now = same ? { ...job, schedule: declared.schedule } : job;
  return { path, declared: fieldsOf(declared), live: fieldsOf(now) };
}

function fieldsOf({ schedule, user, command }: CrontabJob): JsonObject {
  return { schedule, ...(user === null ? {} : { user }), command };
}

/** How many blanks stand there means nothing. */
function oneBlank(schedule: string): string {
  return schedule.trim().replaceAll(/[ \t]+/g, ' ');
}

function parsed(live: string | null): JsonValue {
  return live === null ? null : (JSON.parse(live) as JsonValue);
}

function unnamed(entry: JsonValue, key: string): JsonValue {
  if (!isJsonObject(entry)) return entry;
  return Object.fromEntries(Object.entries(entry).filter(([field]) => field !== key));
}

function ownOf<Value>(values: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
