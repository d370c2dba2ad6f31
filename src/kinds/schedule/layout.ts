/** Where a list of jobs stands in a document, and which fields of an entry say its name and when it runs. */
export interface ScheduleLayout {
  /** Keys from the top of the document to the list; empty: the document is the list. */
  readonly list: readonly string[];
  readonly key: string;
  readonly scheduleField: string;
}

/** As in schemas/schedule-file.schema.json. */
export const OWN_LAYOUT: ScheduleLayout = {
  list: ['schedules'],
  key: 'skill_name',
  scheduleField: 'schedule',
};

export function isOwnLayout({ list, key, scheduleField }: ScheduleLayout): boolean {
  const own = OWN_LAYOUT;
  return (
    list.join('.') === own.list.join('.') && key === own.key && scheduleField === own.scheduleField
  );
}
