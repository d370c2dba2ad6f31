import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readKubernetes } from '../../src/cron/kubernetes/read-kubernetes.ts';
import type { CronFields } from '../../src/cron/cron-schedule.ts';
import type { ChangeWindow } from '../../src/model/plan-file.ts';
import { judged, MINUTE } from '../unit/plan/windows/window.ts';
import { runs } from './runs.ts';

/** Around the changes of clocks of these zones, and elsewhere. */
const ZONES = ['UTC', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Havana'];
const DAYS = ['2026-03-08', '2026-03-29', '2026-04-05', '2026-06-15', '2026-10-25', '2026-11-01'];
const BEHIND = 31 * 60;
const AHEAD = 26 * 60;

const anyWindow = fc
  .record({
    rule: fc.constantFrom('allow', 'deny'),
    minute: fc.constantFrom('0', '30', '*/20', '17,59'),
    hour: fc.constantFrom('*', '0', '1-3', '22', '*/6'),
    week: fc.constantFrom('*', '0', '0,6', '1-5'),
    length: fc.integer({ min: 1, max: 30 * 60 }),
    zone: fc.constantFrom(...ZONES),
  })
  .map(({ rule, minute, hour, week, length, zone }): ChangeWindow => ({
    name: 'w',
    rule: rule === 'allow' ? 'allow' : 'deny',
    schedule: `${minute} ${hour} * * ${week}`,
    for: (length * MINUTE) as ChangeWindow['for'],
    zone,
    plans: ['*'],
    reason: null,
  }));

function wallClock(
  zone: string,
): (at: number) => { hour: number; minute: number; weekday: number } {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
    weekday: 'short',
  });
  const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const weekday = days.indexOf(parts.get('weekday') ?? '');
    return { hour: Number(parts.get('hour')), minute: Number(parts.get('minute')), weekday };
  };
}

function fieldsOf(window: ChangeWindow): CronFields {
  const reading = readKubernetes(window.schedule);
  if (!reading.ok || reading.schedule.kind !== 'calendar') throw new Error(window.schedule);
  return reading.schedule.fields;
}

/** For each minute whether the window is on: begun where a clock shows its time, or skips it. Walks every minute. */
function minutesOn(window: ChangeWindow, first: number, count: number): readonly boolean[] {
  const clock = wallClock(window.zone);
  const fields = fieldsOf(window);
  const begins = (hour: number, minute: number, weekday: number): boolean =>
    fields.hour.values.includes(hour) &&
    fields.minute.values.includes(minute) &&
    fields['day of week'].values.includes(weekday);
  const length = window.for / MINUTE;
  const on: boolean[] = [];
  let left = 0;
  let before = clock((first - 1) * MINUTE);
  for (let minute = first; minute < first + count; minute += 1) {
    const now = clock(minute * MINUTE);
    // Every time of the clock from the one after the last minute's to this one, where it was put forward.
    const jump = minutesBetween(before, now);
    for (let step = jump > 180 ? 0 : jump - 1; step >= 0; step -= 1) {
      const time = (now.hour * 60 + now.minute - step + 1440) % 1440;
      const yesterday = now.hour * 60 + now.minute - step < 0;
      const weekday = yesterday ? (now.weekday + 6) % 7 : now.weekday;
      if (begins(Math.floor(time / 60), time % 60, weekday)) left = length;
    }
    on.push(left > 0);
    left = Math.max(0, left - 1);
    before = now;
  }
  return on;
}

function minutesBetween(
  a: { hour: number; minute: number },
  b: { hour: number; minute: number },
): number {
  return (b.hour * 60 + b.minute - a.hour * 60 - a.minute + 1440) % 1440;
}

it('says of any windows what walking minute by minute says, clock changes included', () => {
  fc.assert(
    fc.property(
      fc.array(anyWindow, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(...DAYS),
      fc.integer({ min: 0, max: 1439 }),
      fc.integer({ min: 0, max: 240 }),
      (windows, day, minute, needs) => {
        const at = Date.parse(`${day}T00:00Z`) / MINUTE + minute;
        const first = at - BEHIND;
        const maps = windows.map((window) => minutesOn(window, first, BEHIND + AHEAD + 300));
        const allows = maps.filter((_, i) => windows[i]?.rule === 'allow');
        const denies = maps.filter((_, i) => windows[i]?.rule === 'deny');
        const isOpen = (i: number): boolean =>
          (allows.length === 0 || allows.some((map) => map[i])) && !denies.some((map) => map[i]);
        const fits = (i: number): boolean =>
          isOpen(i) && Array.from({ length: needs }, (_, k) => isOpen(i + k)).every(Boolean);
        const verdict = judged(windows, new Date(at * MINUTE).toISOString(), needs * MINUTE);
        expect(verdict.is === 'open').toBe(fits(BEHIND));
        expect(verdict.is === 'denied').toBe(denies.some((map) => map[BEHIND]));
        expect(verdict.is === 'too-short').toBe(isOpen(BEHIND) && !fits(BEHIND));
        const next = Array.from({ length: AHEAD }, (_, i) => i).find((i) => fits(BEHIND + i));
        const found = 'next' in verdict ? verdict.next.at : at * MINUTE;
        const soon =
          found !== null && found < (at + AHEAD) * MINUTE ? found / MINUTE - at : undefined;
        expect(soon).toBe(next);
      },
    ),
    runs(8),
  );
});
