import { Flags } from '@oclif/core';

import type { TimeAsked } from '../operations/scheduling/time-asked.ts';
import { suggestion } from '../diagnostics/suggest.ts';
import { usageError } from './usage-error.ts';

const FROM = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(Z|[+-]\d\d:\d\d)?)?$/;

/** Flags of the commands that reckon with schedules. */
export const SCHEDULE_FLAGS = {
  from: Flags.custom<TimeAsked>({
    helpValue: 'TIME',
    description:
      'runs from this time on, such as 2026-03-29T00:30Z, or by the clocks of --zone: 2026-03-29 is its midnight; default now',
    parse: (input) => Promise.resolve(fromTime(input)),
  })(),
  zone: Flags.custom({
    helpValue: 'ZONE',
    description:
      'zone of schedules that name none, and of --from, such as Europe/Berlin; default as if UTC',
    parse: (input) => Promise.resolve(knownZone(input)),
  })(),
  dialect: Flags.option({
    options: ['kubernetes', 'crontab', 'extended'] as const,
    description: 'who reads the schedules; default crontab, for CronJobs kubernetes',
  })(),
};

/** Without an offset it is what clocks of the zone show. */
function fromTime(input: string): TimeAsked {
  const match = FROM.exec(input);
  const text = input.replace(' ', 'T');
  const isWall = match !== null && match[1] === undefined;
  // A day alone is read as UTC, a time without an offset is not.
  const at =
    match === null ? Number.NaN : Date.parse(isWall && text.includes('T') ? `${text}Z` : text);
  if (Number.isFinite(at) && isDay(text.slice(0, 10)))
    return isWall ? { wall: at } : { instant: at };
  const help = 'write a day or a time, such as 2026-03-29 or 2026-03-29T00:30:00+01:00';
  throw usageError('SP9021', `--from ${input}: no time`, help);
}

/** 31 February is read as 3 March. */
function isDay(day: string): boolean {
  return new Date(Date.parse(day)).toISOString().startsWith(day);
}

function knownZone(input: string): string {
  try {
    if (/^[A-Za-z]/.test(input)) {
      Intl.DateTimeFormat('en', { timeZone: input });
      return input;
    }
  } catch {
    // Told below.
  }
  const help = 'write a name of the IANA database, such as Europe/Berlin or UTC';
  throw usageError('SP9021', `--zone ${input}: no time zone`, zoneLike(input) ?? help);
}

/** Most people know the city, not the continent. */
function zoneLike(input: string): string | null {
  const names = Intl.supportedValuesOf('timeZone');
  const city = `/${input.replaceAll(' ', '_').toLowerCase()}`;
  const found = names.find((name) => name.toLowerCase().endsWith(city));
  return found === undefined ? suggestion(input, names) : `did you mean "${found}"?`;
}
