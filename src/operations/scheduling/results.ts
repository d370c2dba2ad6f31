import type { Dialect } from '../../cron/dialect.ts';

/** When a schedule fires, as it stands in a file or is given. */
export interface ScheduleTold {
  readonly schedule: string;
  readonly dialect: Dialect;
  /** Null: that of the machine, which is not known; runs are then told as if it were UTC. */
  readonly zone: string | null;
  /** False: the file switches it off; its runs are those that it would have. */
  readonly enabled: boolean;
  /** Null: it cannot be read. */
  readonly words: string | null;
  /** ISO 8601 with the offset of its zone. */
  readonly next: readonly string[];
}

/** When one schedule that can be read fires next. */
export interface ScheduleNext extends ScheduleTold {
  readonly name: string;
  readonly words: string;
}

/** `setpoint schedule next`. */
export interface ScheduleNextResult {
  /** ISO 8601; runs are not earlier. */
  readonly from: string;
  readonly schedules: readonly ScheduleNext[];
}

/** `setpoint schedule timeline`: how many schedules fire in each cell. */
export interface ScheduleTimelineResult {
  readonly from: string;
  readonly zone: string;
  readonly days: 1 | 7;
  /** Minutes of a cell: 15 of a day, 60 of a week. */
  readonly cellMinutes: 15 | 60;
  /** Runs in each cell, by what the clocks of the zone show from `from` on: 96 of a day, 168 of a week, also where clocks change. */
  readonly cells: readonly number[];
  /** Which cells clocks do not show, as they are put forward. */
  readonly skipped: readonly number[];
  /** Which cells clocks show twice, as they are put back: both are counted. */
  readonly twice: readonly number[];
  readonly schedules: number;
  readonly runs: number;
  /** The first of the minutes in which most fire; null: nothing fires. At most twenty names. */
  readonly busiest: {
    readonly at: string;
    readonly count: number;
    readonly names: readonly string[];
  } | null;
}

/** A schedule that an item of a plan changes. */
export interface ScheduleChange {
  readonly plan: string;
  readonly path: string;
  readonly key: string;
  readonly name: string;
  /** With at most three runs; null: there is none. */
  readonly before: ScheduleTold | null;
  readonly after: ScheduleTold | null;
  /** The text is the same, and in the other zone or dialect it means this; null where that is not so. */
  readonly moved: { readonly before: string | null; readonly after: string | null } | null;
}
