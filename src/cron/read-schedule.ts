import type { CronReading } from './cron-schedule.ts';
import { readCrontab } from './crontab/read-crontab.ts';
import type { Dialect } from './dialect.ts';
import { readExtended } from './extended/read-extended.ts';
import { readKubernetes } from './kubernetes/read-kubernetes.ts';

/**
 * A schedule as its dialect reads it; problems with their columns, from 1. `seed`: the key of the entry whose schedule it is, by which
 * `H` of the dialect `extended` is chosen; null where it is nobody's.
 */
export function readSchedule(
  text: string,
  dialect: Dialect,
  { seed }: { readonly seed: string | null } = { seed: null },
): CronReading {
  switch (dialect) {
    case 'kubernetes':
      return readKubernetes(text);
    case 'crontab':
      return readCrontab(text);
    case 'extended':
      return readExtended(text, seed);
    default:
      return dialect satisfies never;
  }
}
