import type * as data from '../../generated/plan-types.ts';
import { CRONJOB_FIELDS } from '../../kinds/cronjob/item-key.ts';
import type { HostPath } from '../../model/brand.ts';
import type { CronJobSpec } from '../../model/plan-file.ts';
import { recordRule, writeMethod } from './build-place.ts';

/** A resource of kind `cronjob`; fields that it does not say are nobody's. */
export function cronjobSpec(resource: data.CronJobResource): CronJobSpec {
  const declared = CRONJOB_FIELDS.flatMap((field) => {
    const value = resource[field];
    return value === undefined ? [] : [[field, value] as const];
  });
  return {
    kind: 'cronjob',
    path: resource.path as HostPath,
    name: resource.name ?? null,
    namespace: resource.namespace ?? null,
    fields: Object.fromEntries(declared),
    ...writeMethod(resource),
    ...recordRule(resource),
  };
}
