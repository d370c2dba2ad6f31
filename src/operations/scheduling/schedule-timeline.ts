import type { Dialect } from '../../cron/dialect.ts';
import { openNextRuns } from '../../cron/next-runs.ts';
import { busiestMinute, minuteCounts, namesAt } from '../../cron/warnings/minute-counts.ts';
import type { MinuteCounts } from '../../cron/warnings/minute-counts.ts';
import { localTime } from '../../cron/zone/local-time.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { EXIT } from '../../model/outcome.ts';
import type { UnnamedSession } from '../session.ts';
import { namedEntry, readEntries } from './read-entries.ts';
import type { ReadEntry } from './read-entries.ts';
import { readSource } from './read-source.ts';
import type { ScheduleTimelineResult } from './results.ts';
import { instantOf } from './time-asked.ts';
import type { TimeAsked } from './time-asked.ts';
import { timelineGrid } from './timeline-grid.ts';
import type { TimelineGrid } from './timeline-grid.ts';

export interface TimelineOptions {
  readonly files: readonly string[];
  readonly days: 1 | 7;
  readonly from: TimeAsked;
  /** Of the picture, and of schedules that name none. */
  readonly zone: string;
  readonly dialect: Dialect | null;
}

export interface TimelineAnswer {
  readonly result: ScheduleTimelineResult;
  readonly diagnostics: readonly Diagnostic[];
}

const MOST_NAMES = 20;

/** How many schedules of some files fire when, within a day or a week from the hour of `from` on. Those that are off count not. */
export async function scheduleTimeline(
  session: UnnamedSession,
  { files, days, from, zone, dialect }: TimelineOptions,
): Promise<TimelineAnswer> {
  const read: ReadEntry[] = [];
  const problems: Diagnostic[] = [];
  for (const file of files) {
    const source = await readSource(session, file, dialect);
    const found = readEntries(source, zone);
    read.push(...found.read);
    problems.push(...found.problems, ...source.warnings);
  }
  if (read.length === 0) throw new SetpointError(EXIT.invalidPlan, problems);
  const schedules = read.filter(({ entry }) => entry.enabled).map(namedEntry);
  const nextRuns = await openNextRuns(schedules.map(({ schedule }) => schedule));
  const grid = timelineGrid(instantOf(from, zone), days, zone);
  const counted = minuteCounts(schedules, nextRuns, grid.from, grid.until);
  const busiest = busiestMinute(counted.counts);
  const names = busiest === null ? [] : namesAt(schedules, nextRuns, busiest.at);
  const cells = cellsOf(counted, grid);
  const result: ScheduleTimelineResult = {
    from: localTime(grid.from, zone),
    zone,
    days,
    cellMinutes: grid.cellMinutes,
    cells,
    skipped: grid.skipped,
    twice: grid.twice,
    schedules: schedules.length,
    runs: cells.reduce((sum, count) => sum + count, 0),
    busiest:
      busiest === null
        ? null
        : {
            at: localTime(busiest.at, zone),
            count: busiest.count,
            names: names.slice(0, MOST_NAMES),
          },
  };
  return { result, diagnostics: [...problems, ...(counted.complete ? [] : [TOO_MANY])] };
}

const TOO_MANY: Diagnostic = {
  code: 'SP2306',
  severity: 'warning',
  message: 'the last schedules are not counted: together they fire more than five million times',
};

function cellsOf({ counts }: MinuteCounts, { count, cellOf }: TimelineGrid): readonly number[] {
  const cells = Array.from({ length: count }, () => 0);
  for (const [minute, runs] of counts) {
    const at = cellOf(minute);
    cells[at] = (cells[at] ?? 0) + runs;
  }
  return cells;
}
