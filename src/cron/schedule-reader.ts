import type { CronReading } from './cron-schedule.ts';
import type { Dialect } from './dialect.ts';
import { readSchedule } from './read-schedule.ts';

/** Reads the schedules of many entries: the same text is one object, so that what follows from it is reckoned once. `seed`: the entry. */
export function scheduleReader(): (text: string, dialect: Dialect, seed: string) => CronReading {
  const known = new Map<string, CronReading>();
  return (text, dialect, seed) => {
    const key = [dialect, text, ...(/H/.test(text) ? [seed] : [])].join('\n');
    const reading = known.get(key) ?? readSchedule(text, dialect, { seed });
    known.set(key, reading);
    return reading;
  };
}
