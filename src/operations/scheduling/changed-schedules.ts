import { firstDifference } from '../../cron/warnings/first-difference.ts';
import { localTime } from '../../cron/zone/local-time.ts';
import type { Instant } from '../../cron/zone/zone-offset.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Millis } from '../../model/brand.ts';
import type { ComputedSet } from '../planning/compute-change-set.ts';
import { changeWarnings } from './change-warnings.ts';
import { readFiles } from './read-files.ts';
import type { ReadHeld, ReadPair } from './read-files.ts';
import { openReckoning } from './reckoning.ts';
import type { Reckoning } from './reckoning.ts';
import { scheduledFiles } from './schedule-pairs.ts';
import type { KindOf, ScheduledFile } from './schedule-pairs.ts';
import type { ScheduleChange, ScheduleTold } from './results.ts';

const RUNS = 3;
/** People read no more, and the others take as long: those that the plan names come first. */
const MOST = 200;

export interface ChangedSchedules {
  readonly schedules: readonly ScheduleChange[];
  readonly warnings: readonly Diagnostic[];
}

export interface ChangedAsked {
  readonly now: Instant;
  /** Runs of one schedule that are nearer to each other are told. */
  readonly warnEvery: Millis;
  readonly kindOf: KindOf;
}

/**
 * When the schedules that a change set changes fire before and after it, from `now` on, and what is odd about it. No part of the set: times
 * move on. Loads libraries only when there are such schedules.
 */
export async function changedSchedules(
  { parts, plans }: Pick<ComputedSet, 'parts' | 'plans'>,
  { now, warnEvery, kindOf }: ChangedAsked,
): Promise<ChangedSchedules> {
  const files = readFiles(scheduledFiles(parts, plans, kindOf).filter(isChanged));
  if (files.length === 0) return { schedules: [], warnings: [] };
  const all = files.flatMap((file) => file.pairs);
  const pairs = [...all.filter(({ isItem }) => isItem), ...all.filter(({ isItem }) => !isItem)];
  const held = [
    ...pairs.flatMap(({ before, after }) => [before, after]),
    ...files.flatMap(({ after }) => after),
  ];
  const read = held.flatMap((one) => one?.schedule ?? []);
  const reckoning = await openReckoning(read, { from: now, count: RUNS });
  const schedules = pairs.slice(0, MOST).map((pair) => changeOf(pair, reckoning));
  const warnings = changeWarnings({ files, pairs, schedules }, reckoning, warnEvery);
  const left = pairs.length - MOST;
  return { schedules, warnings: left > 0 ? [...warnings, more(left)] : warnings };
}

/** A limit that is lowered makes crowds of what stays. */
function isChanged({ pairs, atOnce }: ScheduledFile): boolean {
  return pairs.length > 0 || atOnce.before !== atOnce.after;
}

function changeOf(pair: ReadPair, reckoning: Reckoning): ScheduleChange {
  const { plan, path, key, before, after } = pair;
  return {
    plan,
    path,
    key,
    name: (after ?? before)?.held.name ?? '',
    before: toldOf(before, reckoning),
    after: toldOf(after, reckoning),
    moved: movedOf(pair, reckoning),
  };
}

function toldOf(side: ReadHeld | null, { describe, next }: Reckoning): ScheduleTold | null {
  if (side === null) return null;
  const { held, schedule, zone } = side;
  const { text, dialect, enabled } = held;
  const facts = { schedule: text, dialect, zone: held.zone, enabled };
  if (schedule === null) return { ...facts, words: null, next: [] };
  return { ...facts, words: describe(schedule), next: next({ schedule, zone }) };
}

function movedOf(
  { before, after }: ReadPair,
  { nextRuns, from }: Reckoning,
): ScheduleChange['moved'] {
  if (before?.schedule == null || after?.schedule == null) return null;
  if (before.held.text !== after.held.text) return null;
  // What does not fire means nothing else now.
  if (!before.held.enabled || !after.held.enabled) return null;
  const [old, fresh] = [
    { schedule: before.schedule, zone: before.zone },
    { schedule: after.schedule, zone: after.zone },
  ];
  const found = firstDifference(old, fresh, nextRuns, from - 1);
  if (found === null) return null;
  return {
    before: found.before === null ? null : localTime(found.before, before.zone),
    after: found.after === null ? null : localTime(found.after, after.zone),
  };
}

function more(count: number): Diagnostic {
  const message = `${count} more changed schedules are not shown with their runs`;
  return { code: 'SP2306', severity: 'note', message };
}
