import { MINUTE } from '../../cron/zone/calendar-day.ts';
import { readKubernetes } from '../../cron/kubernetes/read-kubernetes.ts';
import { zoneOffset } from '../../cron/zone/zone-offset.ts';
import type { Instant, ZoneOffset } from '../../cron/zone/zone-offset.ts';
import type { ChangeWindow } from '../../model/plan-file.ts';
import { openingsOf } from './openings.ts';
import type { Openings } from './openings.ts';

/** A window with its beginnings; it is on from each of them, the instant included, until `for` later, that instant not included. */
export interface TimedWindow {
  readonly window: ChangeWindow;
  readonly openings: Openings;
  readonly offset: ZoneOffset;
}

/** Clocks of zones, each made once: Intl takes its time, for a clock as well as for an instant. */
export type Clocks = (zone: string) => ZoneOffset | null;

/** For one judgement: what it remembers goes with it. */
export function clocksOfZones(): Clocks {
  const known = new Map<string, ZoneOffset | null>();
  return (zone) => {
    const found = known.get(zone);
    if (found !== undefined) return found;
    const offset = zoneOffset(zone);
    const clock = offset === null ? null : remembered(offset);
    known.set(zone, clock);
    return clock;
  };
}

/** `null`: its schedule or zone cannot be read, which nobody has checked. */
export function timedWindow(window: ChangeWindow, clocks: Clocks): TimedWindow | null {
  const reading = readKubernetes(window.schedule);
  const offset = clocks(window.zone);
  if (!reading.ok || reading.schedule.kind !== 'calendar' || offset === null) return null;
  return { window, offset, openings: openingsOf(reading.schedule.fields, offset) };
}

function remembered(offset: ZoneOffset): ZoneOffset {
  const known = new Map<Instant, number>();
  return (at) => {
    // A change of clocks comes at a whole minute.
    const minute = Math.floor(at / MINUTE);
    const found = known.get(minute) ?? offset(at);
    known.set(minute, found);
    return found;
  };
}

/** Whether a window is on at an instant. */
export function isOn({ window, openings }: TimedWindow, at: Instant): boolean {
  return openings.last(at - window.for, at) !== null;
}

/** How often windows are joined for the sake of what is told: those that never end are not followed for ever. */
const JOINS = 64;

export interface Cover {
  /** `at` itself: no window is on. */
  readonly until: Instant;
  /** It goes on after that, nobody has looked how long. */
  readonly more: boolean;
}

/** Until when at least one of the windows is on, those that follow each other joined. Exact at least up to `needed`. */
export function coverOf(windows: readonly TimedWindow[], at: Instant, needed: Instant): Cover {
  let until = at;
  for (let joins = 0; joins < JOINS || until < needed; joins += 1) {
    const further = Math.max(until, ...windows.map((one) => endOf(one, until)));
    if (further === until) return { until, more: false };
    until = further;
  }
  return { until, more: true };
}

/** When a window that is on at an instant, or begins then, ends. */
function endOf({ window, openings }: TimedWindow, at: Instant): Instant {
  const begun = openings.last(at - window.for, at);
  return begun === null ? at : begun + window.for;
}

/** The first beginning of any of the windows after an instant, or exactly then; `null`: none. */
export function nextOpening(windows: readonly TimedWindow[], from: Instant): Instant | null {
  const found = windows.flatMap(({ openings }) => openings.next(from - 1) ?? []);
  return found.length === 0 ? null : Math.min(...found);
}
