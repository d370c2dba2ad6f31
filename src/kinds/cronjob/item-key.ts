import type { ItemKey } from '../../model/brand.ts';
import type { CronJobField } from '../../model/plan-file.ts';
import type { DocumentPath } from '../../structured/structured.ts';

/** Fields of a CronJob's spec that a plan can declare (batch/v1 CronJobSpec). */
export const CRONJOB_FIELDS = [
  'schedule',
  'timeZone',
  'suspend',
  'concurrencyPolicy',
  'startingDeadlineSeconds',
  'successfulJobsHistoryLimit',
  'failedJobsHistoryLimit',
] as const satisfies readonly CronJobField[];

/** Which CronJob of a file: its namespace is null where its metadata names none. */
export interface CronJobName {
  readonly name: string;
  readonly namespace: string | null;
}

export interface CronJobItem extends CronJobName {
  readonly field: CronJobField;
}

/** `ops/backup:schedule`, or `backup:schedule` where the manifest names no namespace. */
export function keyOf({ name, namespace, field }: CronJobItem): ItemKey {
  return `${calledCronJob({ name, namespace })}:${field}` as ItemKey;
}

export function calledCronJob({ name, namespace }: CronJobName): string {
  return namespace === null ? name : `${namespace}/${name}`;
}

/** `null`: no key of this kind. */
export function readKey(key: ItemKey): CronJobItem | null {
  const [, namespace = null, name, text] = /^(?:([^/:]+)\/)?([^/:]+):(\w+)$/.exec(key) ?? [];
  const field = CRONJOB_FIELDS.find((one) => one === text);
  return name === undefined || field === undefined ? null : { name, namespace, field };
}

/** In the document that is the CronJob. */
export function documentPath({ field }: Pick<CronJobItem, 'field'>): DocumentPath {
  return ['spec', field];
}
