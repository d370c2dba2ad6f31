import type { Dialect } from '../../cron/dialect.ts';

/** When one schedule fires next. */
export interface ScheduleNext {
  readonly name: string;
  readonly schedule: string;
  readonly dialect: Dialect;
  readonly zone: string;
  /** False: the file switches it off; its runs are those that it would have. */
  readonly enabled: boolean;
  readonly words: string;
  /** ISO 8601 with the offset of its zone. */
  readonly next: readonly string[];
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
  /** Runs in each cell, from `from` on. */
  readonly cells: readonly number[];
  readonly schedules: number;
  readonly runs: number;
  /** The first of the minutes in which most fire; null: nothing fires. At most twenty names. */
  readonly busiest: {
    readonly at: string;
    readonly count: number;
    readonly names: readonly string[];
  } | null;
}

/** A schedule on one side of a change. */
export interface ScheduleSide {
  readonly schedule: string;
  readonly dialect: Dialect;
  /** Null: that of the machine; runs are then told in UTC. */
  readonly zone: string | null;
  /** Null: it cannot be read. */
  readonly words: string | null;
  /** ISO 8601 with the offset of the zone; at most three. */
  readonly next: readonly string[];
}

/** A schedule that an item of a plan changes. */
export interface ScheduleChange {
  readonly plan: string;
  readonly path: string;
  readonly key: string;
  readonly name: string;
  /** Null: there is none. */
  readonly before: ScheduleSide | null;
  readonly after: ScheduleSide | null;
  /** The text is the same, and in the other zone or dialect it means this; null where that is not so. */
  readonly moved: { readonly before: string | null; readonly after: string | null } | null;
}
