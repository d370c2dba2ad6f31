import type { CodeEntry } from './entry.ts';

/** SP2285: `schedules:` of setpoint.yaml; SP23xx: schedules, their words and their next runs (`setpoint schedule`); SP902x: its usage. */
export const schedulingCodes = {
  SP2285: {
    title: 'a distance of runs that no plan can warn of',
    explanation:
      '`schedules.warnEvery` of `setpoint.yaml` is from one minute (`1m`) to a day (`24h`). Plans warn of a schedule that they change when two of its runs are nearer to each other (SP2303). `1m` leaves only those that fire by seconds.',
  },
  SP2300: {
    title: 'a schedule that its dialect does not take',
    explanation:
      "Who reads a schedule takes five fields, or words such as `@daily`, each in its own way: `kubernetes` is robfig/cron v3 as CronJobs use it, `crontab` is Debian's cron, `extended` is cron-parser 5 with seconds, `L`, `#` and `H`. The message says what is not taken, and the place is its first character. What a dialect would take without a word and never run, or read as something that nobody means, is refused, too: too few fields, which cron-parser fills up, or what stands behind a value, which cron skips. An entry without a schedule, or with something that is no text, is told by this code, too.",
  },
  SP2301: {
    title: 'a time zone that is not known',
    explanation:
      'Zones are names of the IANA database, such as `Europe/Berlin` or `UTC`; offsets such as `+02:00` are none, as they do not follow the clocks. The names that this Node knows decide.',
  },
  SP2302: {
    title: 'a schedule never fires',
    explanation:
      'No run was found: within five years for Kubernetes, which searches no further, within eight for the others. `0 0 30 2 *` is such a schedule.',
  },
  SP2303: {
    title: 'a schedule fires more often than it may',
    explanation:
      'Two of its next runs are nearer to each other than the minutes that `setpoint schedule next --warn-every` names, or than `schedules.warnEvery` of `setpoint.yaml`, by which plans warn of schedules that they change: 2m unless it says otherwise. Often the minute was forgotten: `* 3 * * *` fires sixty times, `0 3 * * *` once. A step that does not come out even makes such a pair, too: `*/7` fires at minute 56 and at minute 0.',
  },
  SP2304: {
    title: 'more entries fire in one minute than may run at once',
    explanation:
      'The file limits how many entries run at once (`global.max_concurrent`), and more of them than that fire in the minute that is named, the busiest of the next week. Entries that are off do not count, those of others do. A plan tells only of minutes in which a schedule fires that it changes, or of all where it lowers the limit. `setpoint schedule timeline` shows the others.',
  },
  SP2305: {
    title: 'the same schedule means another time elsewhere',
    explanation:
      "The text is the same, and in the other zone or dialect it fires at other times; the first runs that differ are named. Days are the usual reason: `*/2` as day of month is a star to Debian's cron, so that a day of the week has to hold as well, and none to Kubernetes, where either is enough. `CRON_TZ` or `TZ` in a crontab does the same: some crons run the jobs in that zone, Debian's cron in the machine's, and gives the variable to the commands.",
  },
  SP2306: {
    title: 'not all problems or runs are shown',
    explanation:
      'There are more than a person reads; the first ones are shown, in the order of the file.',
  },
  SP9020: {
    title: 'no schedules to read',
    explanation:
      'A word with blanks in it, or one that begins with `@`, is an expression; anything else is a file: a schedule file (YAML or JSON with a list `schedules`), a crontab, or CronJob manifests. The file cannot be read, or holds none of them. Absolute paths are of the host (`--root`), others of the current directory.',
  },
  SP9021: {
    title: 'a flag of setpoint schedule that is no time, zone or number',
    explanation:
      '`--from` takes a day or a time such as `2026-03-29` or `2026-03-29T00:30:00Z`; without an offset it is what clocks of `--zone` show; `--zone` an IANA name; `--count` 1 to 1000, and for files as many as make 200,000 runs in all.',
  },
} as const satisfies Record<string, CodeEntry>;
