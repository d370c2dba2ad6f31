import type { CronSchedule } from '../cron-schedule.ts';

/** When a schedule fires, as one sentence without a full stop. */
export type DescribeSchedule = (schedule: CronSchedule) => string;

/** Loads cronstrue, and cron-parser where one of `schedules` is of the dialect `extended`, which resolves its H. */
export async function openDescriptions(
  schedules: Iterable<CronSchedule>,
): Promise<DescribeSchedule> {
  const words = await import('./schedule-words.ts');
  const isExtended = [...schedules].some(({ kind }) => kind === 'extended');
  const library = isExtended ? await import('../extended/cron-parser.ts') : null;
  return (schedule) => {
    if (schedule.kind !== 'extended') return words.ownWords(schedule);
    if (library === null)
      throw new TypeError('openDescriptions was not told of an extended schedule');
    return words.extendedWords(library.parsedFields(schedule));
  };
}

/** The same for one. */
export async function describeSchedule(schedule: CronSchedule): Promise<string> {
  const describe = await openDescriptions([schedule]);
  return describe(schedule);
}
