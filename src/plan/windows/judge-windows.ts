import type { Instant } from '../../cron/zone/zone-offset.ts';
import type { Millis } from '../../model/brand.ts';
import type { PlanWindows } from './plan-windows.ts';
import { coverOf, isOn, nextOpening } from './window-cover.ts';
import type { TimedWindow } from './window-cover.ts';

/** The next time that is long enough. `at` `null`: none, as far as it was looked. */
export interface NextTime {
  readonly at: Instant | null;
  /** The windows that are on then; empty: it is free, because what closed it has ended. */
  readonly by: readonly TimedWindow[];
  /** How far it was looked. */
  readonly looked: Instant;
}

export type WindowVerdict =
  /** `until` `null`: for as long as anybody has looked. */
  | { readonly is: 'open'; readonly until: Instant | null; readonly by: readonly TimedWindow[] }
  /** `by`: the `deny` windows that are on, or, where there are none, the `allow` windows none of which is. */
  | {
      readonly is: 'denied' | 'outside';
      readonly by: readonly TimedWindow[];
      readonly next: NextTime;
    }
  | {
      readonly is: 'too-short';
      readonly until: Instant;
      readonly by: readonly TimedWindow[];
      readonly next: NextTime;
    };

/** Times that are looked at before giving up: windows that are too short, or closed, may come every minute. */
const LOOKS = 100;
/** As long as schedules are followed to their next time. */
const HORIZON = 8 * 366 * 86_400_000;

/** Whether a plan that takes up to `needs` may begin at an instant, and if not, when it may. */
export function judgeWindows(windows: PlanWindows, at: Instant, needs: Millis): WindowVerdict {
  const denied = windows.denies.filter((one) => isOn(one, at));
  const found = nextTime(windows, at, needs);
  if (denied.length > 0) return { is: 'denied', by: denied, next: found };
  const closed = windows.allows.find((some) => !some.some((one) => isOn(one, at)));
  if (closed !== undefined) return { is: 'outside', by: closed, next: found };
  const by = allowing(windows, at);
  const { until, more } = openUntil(windows, at, needs);
  if (until >= at + needs) return { is: 'open', until: more ? null : until, by };
  return { is: 'too-short', until, by: [...by, ...beginning(windows, until)], next: found };
}

/** The first time from an instant on at which a plan may begin that takes up to `needs`. */
export function nextTime(windows: PlanWindows, from: Instant, needs: Millis): NextTime {
  let at: Instant = from;
  for (let looks = 0; looks < LOOKS && at <= from + HORIZON; looks += 1) {
    const further = closedUntil(windows, at);
    if (further === null) return { at: null, by: [], looked: from + HORIZON };
    if (further > at) {
      at = further;
      continue;
    }
    const { until } = openUntil(windows, at, needs);
    if (until >= at + needs) return { at, by: allowing(windows, at), looked: at };
    at = until;
  }
  return { at: null, by: [], looked: Math.min(at, from + HORIZON) };
}

/** `at`: it is open. Else the first instant at which what closes it now may not; `null`: there is none. */
function closedUntil({ allows, denies }: PlanWindows, at: Instant): Instant | null {
  const denied = coverOf(denies, at, at).until;
  if (denied > at) return denied;
  let until = at;
  for (const some of allows) {
    if (some.some((one) => isOn(one, at))) continue;
    const next = nextOpening(some, at);
    if (next === null) return null;
    until = Math.max(until, next);
  }
  return until;
}

interface Open {
  readonly until: Instant;
  readonly more: boolean;
}

/** Of an instant at which it is open. Nothing limits it: as far as anybody looks. */
function openUntil({ allows, denies }: PlanWindows, at: Instant, needs: Millis): Open {
  const covers = allows.map((some) => coverOf(some, at, at + needs));
  const deny = nextOpening(denies, at);
  const ends: Open[] = [...covers, ...(deny === null ? [] : [{ until: deny, more: false }])];
  const [first = { until: at + HORIZON, more: true }, ...others] = ends;
  return others.reduce((least, one) => (one.until < least.until ? one : least), first);
}

function allowing({ allows }: PlanWindows, at: Instant): readonly TimedWindow[] {
  return [...new Set(allows.flat())].filter((one) => isOn(one, at));
}

/** The `deny` windows that begin at an instant. */
function beginning({ denies }: PlanWindows, at: Instant): readonly TimedWindow[] {
  return denies.filter(({ openings }) => openings.next(at - 1) === at);
}
