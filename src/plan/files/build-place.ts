import type * as data from '../../generated/plan-types.ts';
import type { ResourceSpec } from '../../model/plan-file.ts';

/** The default leaves no trace: digests of plans that do not say it stay as they were. */
export function writeMethod({
  write,
}: Pick<data.FileResource, 'write'>): Pick<ResourceSpec, 'write'> {
  return write === 'in-place' ? { write } : {};
}

/** What the plan file says; nothing is not the same as `full`: that is for secrets, too. */
export function recordRule({ record }: data.Resource): Pick<ResourceSpec, 'record'> {
  return record === undefined ? {} : { record };
}
