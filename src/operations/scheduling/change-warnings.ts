import type { NamedSchedule } from '../../cron/warnings/named-schedule.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Millis } from '../../model/brand.ts';
import type { ReadFile, ReadHeld, ReadPair } from './read-files.ts';
import type { Reckoning } from './reckoning.ts';
import type { ScheduleChange } from './results.ts';
import { firstWarnings, scheduleFindings } from './schedule-findings.ts';
import type { ScheduleFindings } from './schedule-findings.ts';

interface Changed {
  readonly files: readonly ReadFile[];
  readonly pairs: readonly ReadPair[];
  /** Those that are shown. */
  readonly schedules: readonly ScheduleChange[];
}

/** What a change makes odd: of schedules that fire after it, and that it changes. What stays as it was is not told again. */
export function changeWarnings(
  { files, pairs, schedules }: Changed,
  { nextRuns, from }: Reckoning,
  warnEvery: Millis,
): readonly Diagnostic[] {
  const findings = scheduleFindings(nextRuns, { from, warnEvery });
  return [
    ...firstWarnings(pairs.flatMap((pair) => placed(pair, ofPair(pair, findings)))),
    ...schedules.filter(({ moved }) => moved !== null).map(movedWarning),
    ...files.flatMap((file) => placed(file, crowdOf(file, findings))),
  ];
}

function ofPair({ before, after }: ReadPair, findings: ScheduleFindings): Diagnostic | null {
  const named = firing(after);
  if (after === null || named === null) return null;
  const never = findings.never(named);
  if (never !== null) return { ...never, message: `${never.message}: ${after.held.text}` };
  // In another zone it is as often as it was.
  const isNew = firing(before) === null || before?.held.text !== after.held.text;
  return isNew ? findings.tooOften(named) : null;
}

/** All that the file holds is counted, and told where the change has a part in it. */
function crowdOf(
  { pairs, after, atOnce }: ReadFile,
  findings: ScheduleFindings,
): Diagnostic | null {
  if (atOnce.after === null) return null;
  const all = after.flatMap((one) => firing(one) ?? []);
  const isLowered = atOnce.before === null || atOnce.after < atOnce.before;
  if (isLowered) return findings.crowd(all, atOnce.after);
  const touched = pairs.flatMap((pair) => firing(pair.after) ?? []);
  return findings.crowd(all, atOnce.after, touched);
}

/** Null: it is off, or nobody knows when it fires. */
function firing(side: ReadHeld | null): NamedSchedule | null {
  if (side === null || side.schedule === null || !side.held.enabled) return null;
  return { name: side.held.name, schedule: side.schedule, zone: side.zone };
}

function placed(
  { plan, path }: Pick<ReadPair, 'plan' | 'path'>,
  found: Diagnostic | null,
): readonly Diagnostic[] {
  return found === null ? [] : [{ ...found, message: `plan ${plan}: ${path}: ${found.message}` }];
}

function movedWarning({ plan, path, name, moved }: ScheduleChange): Diagnostic {
  const times = `${moved?.after ?? 'never'} instead of ${moved?.before ?? 'never'}`;
  const message = `plan ${plan}: ${path}: the schedule of ${name} stays as it is written and means another time: ${times}`;
  return { code: 'SP2305', severity: 'warning', message };
}
