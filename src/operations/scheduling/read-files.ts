import type { CronSchedule } from '../../cron/cron-schedule.ts';
import { scheduleReader } from '../../cron/schedule-reader.ts';
import { isZone } from '../../cron/zone/zone-clock.ts';
import type { HeldSchedule } from '../../kinds/held-schedule.ts';
import type { ScheduledFile, SchedulePair } from './schedule-pairs.ts';

/** A schedule of an image, as its dialect reads it. */
export interface ReadHeld {
  readonly held: HeldSchedule;
  /** Null: it cannot be read, or its zone is not known. */
  readonly schedule: CronSchedule | null;
  /** Where the image names none, UTC. */
  readonly zone: string;
}

export interface ReadPair extends Omit<SchedulePair, 'before' | 'after'> {
  readonly before: ReadHeld | null;
  readonly after: ReadHeld | null;
}

export interface ReadFile extends Omit<ScheduledFile, 'pairs' | 'after'> {
  readonly pairs: readonly ReadPair[];
  /** Empty where the file does not say how many may run at once. */
  readonly after: readonly ReadHeld[];
}

/** The schedules of files as they are read; texts that are alike are read once. */
export function readFiles(files: readonly ScheduledFile[]): readonly ReadFile[] {
  const readingOf = scheduleReader();
  const read = (held: HeldSchedule): ReadHeld => {
    const reading = readingOf(held.text, held.dialect, held.name);
    const zone = held.zone ?? 'UTC';
    return { held, schedule: reading.ok && isZone(zone) ? reading.schedule : null, zone };
  };
  return files.map((file) => ({
    ...file,
    pairs: file.pairs.map((pair) => ({
      ...pair,
      before: pair.before === null ? null : read(pair.before),
      after: pair.after === null ? null : read(pair.after),
    })),
    after: file.atOnce.after === null ? [] : [...file.after.values()].map(read),
  }));
}
