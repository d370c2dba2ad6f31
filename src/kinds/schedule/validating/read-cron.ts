import type { CronReading } from '../../../cron/cron-schedule.ts';
import { readCrontab } from '../../../cron/crontab/read-crontab.ts';
import type { Dialect } from '../../../cron/dialect.ts';
import { readKubernetes } from '../../../cron/kubernetes/read-kubernetes.ts';

/** A schedule as its dialect reads it; `seed`: what `H` of the dialect extended follows from, the name of the entry. */
export function readCron(text: string, dialect: Dialect, _seed: string): CronReading {
  switch (dialect) {
    case 'kubernetes':
      return readKubernetes(text);
    case 'crontab':
      return readCrontab(text);
    case 'extended': {
      const message = 'the dialect extended is not read yet';
      return { ok: false, problems: [{ column: 1, length: text.length, message, help: null }] };
    }
    default:
      return dialect satisfies never;
  }
}
