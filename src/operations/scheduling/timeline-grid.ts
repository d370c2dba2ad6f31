import { DAY, MINUTE } from '../../cron/zone/calendar-day.ts';
import { instantsOfWall } from '../../cron/zone/instants-of-wall.ts';
import { zoneClock } from '../../cron/zone/zone-clock.ts';
import type { Instant } from '../../cron/zone/zone-offset.ts';

/** Days cut into cells as the clocks of a zone show them, whatever clocks do on those days: the same column is the same hour. */
export interface TimelineGrid {
  readonly from: Instant;
  /** Not within it. */
  readonly until: Instant;
  readonly cellMinutes: 15 | 60;
  readonly count: number;
  /** Which cell a time of the span is in; what clocks show twice is in the same. */
  readonly cellOf: (at: Instant) => number;
  /** Cells that clocks do not show, as they are put forward. */
  readonly skipped: readonly number[];
  /** Cells that clocks show twice, as they are put back. */
  readonly twice: readonly number[];
}

const HOUR = 60 * MINUTE;

/** A day by quarters of an hour, or a week by hours, from the hour of `from` on as clocks show it. */
export function timelineGrid(from: Instant, days: 1 | 7, zone: string): TimelineGrid {
  const offset = zoneClock(zone);
  const firstOf = (wall: number): Instant =>
    instantsOfWall(wall, offset, 'once')[0] ?? wall - offset(wall);
  const first = Math.floor((from + offset(from)) / HOUR) * HOUR;
  const cellMinutes = days === 1 ? 15 : 60;
  const cell = cellMinutes * MINUTE;
  const count = (days * DAY) / cell;
  const cells = Array.from({ length: count }, (_, at) => at);
  const shown = (at: number, part: number): number =>
    instantsOfWall(first + at * cell + part, offset, 'skip-and-repeat').length;
  // An hour may be skipped by half.
  const isEach = (at: number, times: number): boolean =>
    shown(at, 0) === times && shown(at, cell - MINUTE) === times;
  return {
    // Of an hour that comes twice, the one that `from` is in.
    from: Math.max(firstOf(first), first - offset(from)),
    until: firstOf(first + days * DAY),
    cellMinutes,
    count,
    cellOf(at) {
      const index = Math.floor((at + offset(at) - first) / cell);
      return Math.min(Math.max(index, 0), count - 1);
    },
    skipped: cells.filter((at) => isEach(at, 0)),
    twice: cells.filter((at) => isEach(at, 2)),
  };
}
