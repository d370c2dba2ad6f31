import { dayOf, MINUTE, weekdayOf, DAY } from '../../cron/zone/calendar-day.ts';
import type { Instant } from '../../cron/zone/zone-offset.ts';
import { durationText } from '../../model/duration-text.ts';
import type { NextTime, WindowVerdict } from './judge-windows.ts';
import type { TimedWindow } from './window-cover.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** A verdict as a sentence without its subject: `closed by freeze until …`. `needs`: milliseconds, as it was judged with. */
export function windowWords(verdict: WindowVerdict, at: Instant, needs: number): string {
  const names = verdict.by.map(nameOf).join(', ');
  switch (verdict.is) {
    case 'open': {
      const by = names === '' ? 'open' : `open by ${windowsNamed(names, verdict.by)}`;
      if (verdict.until === null) return by;
      return `${by} until ${timeWords(verdict.until, zoneOf(verdict.by), at)}`;
    }
    case 'denied':
      return `closed by ${windowsNamed(names, verdict.by)}; ${nextWords(verdict.next, verdict.by, at)}`;
    case 'outside':
      return `outside of ${windowsNamed(names, verdict.by)}; ${nextWords(verdict.next, verdict.by, at)}`;
    case 'too-short': {
      const end = timeWords(verdict.until, zoneOf(verdict.by), at);
      return `it may take up to ${atLeastMinutes(needs)}, and ${windowsNamed(names, verdict.by)} ends that at ${end}; ${nextWords(verdict.next, verdict.by, at)}`;
    }
    default:
      return verdict satisfies never;
  }
}

function nextWords({ at, by, looked }: NextTime, closing: readonly TimedWindow[], now: Instant) {
  if (at === null)
    return `no time is long enough before ${timeWords(looked, zoneOf(closing), now)}`;
  if (by.length === 0) return `free again ${timeWords(at, zoneOf(closing), now)}`;
  const names = by.map(nameOf).join(', ');
  return `${windowsNamed(names, by)} opens ${timeWords(at, zoneOf(by), now)}`;
}

function windowsNamed(names: string, windows: readonly TimedWindow[]): string {
  return `${windows.length === 1 ? 'window' : 'windows'} ${names}`;
}

function nameOf({ window }: TimedWindow): string {
  return window.reason === null ? window.name : `${window.name} (${window.reason})`;
}

function zoneOf([first]: readonly TimedWindow[]): TimedWindow | undefined {
  return first;
}

/** `Mon 2026-11-23 22:00 Europe/Berlin (in 3h)`, by the clocks of a window's zone. */
function timeWords(at: Instant, zone: TimedWindow | undefined, now: Instant): string {
  const wall = at + (zone?.offset(at) ?? 0);
  const { year, month, day } = dayOf(wall);
  const date = `${year}-${two(month)}-${two(day)}`;
  const minutes = Math.floor((((wall % DAY) + DAY) % DAY) / MINUTE);
  const clock = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  const weekday = WEEKDAYS[weekdayOf(wall)] ?? '';
  return `${weekday} ${date} ${clock} ${zone?.window.zone ?? 'UTC'} (in ${inWords(at - now)})`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function inWords(time: number): string {
  if (time >= 2 * DAY) return `${String(Math.floor(time / DAY))}d`;
  return atLeastMinutes(time);
}

/** Seconds only of what is shorter than a minute. */
function atLeastMinutes(time: number): string {
  return durationText(time < MINUTE ? time : Math.floor(time / MINUTE) * MINUTE);
}
