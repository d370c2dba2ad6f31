import type { CronSchedule } from '../../cron/cron-schedule.ts';
import { firstRuns } from '../../cron/first-runs.ts';
import { openNextRuns } from '../../cron/next-runs.ts';
import type { NextRuns } from '../../cron/next-runs.ts';
import { readSchedule } from '../../cron/read-schedule.ts';
import { firstDifference } from '../../cron/warnings/first-difference.ts';
import { neverFires } from '../../cron/warnings/never-fires.ts';
import { openDescriptions } from '../../cron/words/describe-schedule.ts';
import type { DescribeSchedule } from '../../cron/words/describe-schedule.ts';
import { localTime } from '../../cron/zone/local-time.ts';
import { isZone } from '../../cron/zone/zone-clock.ts';
import type { Instant } from '../../cron/zone/zone-offset.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { HeldSchedule } from '../../kinds/held-schedule.ts';
import type { ComputedSet } from '../planning/compute-change-set.ts';
import type { KindOf, SchedulePair } from './schedule-pairs.ts';
import { schedulePairs } from './schedule-pairs.ts';
import type { ScheduleChange, ScheduleSide } from './results.ts';

const RUNS = 3;
/** People read no more, and the others take as long. */
const MOST = 200;

export interface ChangedSchedules {
  readonly schedules: readonly ScheduleChange[];
  readonly warnings: readonly Diagnostic[];
}

/** A side that could be read. */
interface ReadSide {
  readonly held: HeldSchedule;
  readonly schedule: CronSchedule | null;
  readonly zone: string;
}

/**
 * When the schedules that a change set changes fire before and after it, from `now` on, and what is odd about it. No part of the set: times
 * move on. Loads libraries only when there are such schedules.
 */
export async function changedSchedules(
  { parts, plans }: Pick<ComputedSet, 'parts' | 'plans'>,
  now: Instant,
  kindOf: KindOf,
): Promise<ChangedSchedules> {
  const pairs = schedulePairs(parts, plans, kindOf);
  if (pairs.length === 0) return { schedules: [], warnings: [] };
  const shown = pairs.slice(0, MOST).map((pair) => ({
    pair,
    before: readSide(pair.before),
    after: readSide(pair.after),
  }));
  const all = shown.flatMap(({ before, after }) =>
    [before?.schedule, after?.schedule].filter((one) => one !== null && one !== undefined),
  );
  const tools = {
    nextRuns: await openNextRuns(all),
    describe: await openDescriptions(all),
    now,
  };
  const schedules = shown.map(({ pair, before, after }) => ({
    plan: pair.plan,
    path: pair.path,
    key: pair.key,
    name: (pair.after ?? pair.before)?.name ?? '',
    before: sideOf(before, tools),
    after: sideOf(after, tools),
    moved: movedOf(before, after, tools),
  }));
  const never = shown.filter(({ after }) => after !== null && isNever(after, tools));
  return {
    schedules,
    warnings: [
      ...never.map(({ pair }) => neverWarning(pair)),
      ...schedules.filter(({ moved }) => moved !== null).map(movedWarning),
      ...(pairs.length > MOST ? [more(pairs.length - MOST)] : []),
    ],
  };
}

interface Tools {
  readonly nextRuns: NextRuns;
  readonly describe: DescribeSchedule;
  readonly now: Instant;
}

function readSide(held: HeldSchedule | null): ReadSide | null {
  if (held === null) return null;
  const reading = readSchedule(held.text, held.dialect, { seed: held.name });
  const zone = held.zone ?? 'UTC';
  return { held, schedule: reading.ok && isZone(zone) ? reading.schedule : null, zone };
}

function sideOf(side: ReadSide | null, { nextRuns, describe, now }: Tools): ScheduleSide | null {
  if (side === null) return null;
  const { held, schedule, zone } = side;
  const { text, dialect } = held;
  const facts = { schedule: text, dialect, zone: held.zone };
  if (schedule === null) return { ...facts, words: null, next: [] };
  const runs = firstRuns(nextRuns(schedule, { after: now, zone }), RUNS);
  return { ...facts, words: describe(schedule), next: runs.map((run) => localTime(run, zone)) };
}

function movedOf(
  before: ReadSide | null,
  after: ReadSide | null,
  { nextRuns, now }: Tools,
): ScheduleChange['moved'] {
  if (before?.schedule == null || after?.schedule == null) return null;
  if (before.held.text !== after.held.text) return null;
  const [old, fresh] = [
    { schedule: before.schedule, zone: before.zone },
    { schedule: after.schedule, zone: after.zone },
  ];
  const found = firstDifference(old, fresh, nextRuns, now);
  if (found === null) return null;
  return {
    before: found.before === null ? null : localTime(found.before, before.zone),
    after: found.after === null ? null : localTime(found.after, after.zone),
  };
}

function isNever({ schedule, zone }: ReadSide, { nextRuns, now }: Tools): boolean {
  return schedule !== null && neverFires(schedule, nextRuns, { after: now, zone });
}

function neverWarning({ plan, path, after }: SchedulePair): Diagnostic {
  const message = `plan ${plan}: ${path}: ${after?.name ?? ''} never fires: ${after?.text ?? ''}`;
  return { code: 'SP2302', severity: 'warning', message };
}

function movedWarning({ plan, path, name, moved }: ScheduleChange): Diagnostic {
  const times = `${moved?.after ?? 'never'} instead of ${moved?.before ?? 'never'}`;
  const message = `plan ${plan}: ${path}: the schedule of ${name} stays as it is written and means another time: ${times}`;
  return { code: 'SP2305', severity: 'warning', message };
}

function more(count: number): Diagnostic {
  const message = `${count} more changed schedules are not shown with their runs`;
  return { code: 'SP2306', severity: 'note', message };
}
