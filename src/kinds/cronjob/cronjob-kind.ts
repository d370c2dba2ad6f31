import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { DesiredItem, LiveItem } from '../../model/item.ts';
import type { CronJobSpec } from '../../model/plan-file.ts';
import type { Kind } from '../kind.ts';
import { liveItem, NOTHING } from '../structured-items/live-item.ts';
import { editCronJobs } from './edit-cronjobs.ts';
import { findCronJobs, theCronJob } from './find-cronjobs.ts';
import { heldSchedules } from './held-schedules.ts';
import { calledCronJob, CRONJOB_FIELDS, documentPath, keyOf, readKey } from './item-key.ts';
import type { CronJobName } from './item-key.ts';
import { judgeCronJobs } from './judge-cronjobs.ts';

/** Kind `cronjob`: when and how a CronJob of a Kubernetes manifest on disk runs. */
export const cronjobKind: Kind<CronJobSpec> = {
  name: 'cronjob',
  watched: false,
  desired,
  // Which CronJob it is without a name, the file alone tells.
  declared: (spec) => itemsOf(spec, { name: spec.name ?? '*', namespace: spec.namespace }),
  observe,
  same: (_key, a, b) => a === b,
  edit: editCronJobs,
  derivedGates: () => [],
  judge: judgeCronJobs,
  looksAt: () => [],
  schedules: heldSchedules,
  restart: () => 'not-applicable',
};

function desired(
  spec: CronJobSpec,
  image: FileImage,
  path: HostPath,
): Result<readonly DesiredItem[]> {
  const found = findCronJobs(image, path);
  if (!found.ok) return found;
  const one = theCronJob(spec, found.value, path);
  return one.ok ? ok(itemsOf(spec, one.value)) : one;
}

/** Values are JSON: `"0 3 * * *"`, `false`, `3`. */
function itemsOf(spec: CronJobSpec, { name, namespace }: CronJobName): readonly DesiredItem[] {
  return CRONJOB_FIELDS.flatMap((field) => {
    const value = spec.fields[field];
    if (value === undefined) return [];
    const key = keyOf({ name, namespace, field });
    return [{ key, value: value === null ? null : JSON.stringify(value), label: key }];
  });
}

function observe(
  image: FileImage,
  keys: readonly ItemKey[],
  path: HostPath,
): Result<ReadonlyMap<ItemKey, LiveItem>> {
  const unknown = keys.filter((key) => readKey(key) === null);
  if (unknown.length > 0) return fail(notItems(path, unknown.join(', ')));
  const found = findCronJobs(image, path);
  if (!found.ok) return found;
  return ok(
    new Map(
      keys.map((key) => {
        const item = readKey(key);
        const one = found.value.find(
          (other) => item !== null && calledCronJob(other) === calledCronJob(item),
        );
        if (item === null || one === undefined) return [key, NOTHING];
        return [key, liveItem(one.source, documentPath(item))];
      }),
    ),
  );
}

function notItems(path: HostPath, what: string): Diagnostic {
  const message = `${path}: not items of a CronJob: ${what}`;
  const help = 'recorded state was written by another version of setpoint';
  return { code: 'SP2024', severity: 'error', message, help };
}
