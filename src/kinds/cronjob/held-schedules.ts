import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { CronJobSpec } from '../../model/plan-file.ts';
import type { HeldSchedule } from '../held-schedule.ts';
import { findCronJobs } from './find-cronjobs.ts';
import { calledCronJob, keyOf } from './item-key.ts';

/** The schedules of all CronJobs of a file. Without `timeZone` the zone is that of kube-controller-manager, which nobody can tell here. */
export function heldSchedules(
  _spec: CronJobSpec | null,
  image: FileImage,
  path: HostPath,
): ReadonlyMap<ItemKey, HeldSchedule> {
  const found = findCronJobs(image, path);
  if (!found.ok) return new Map();
  return new Map(
    found.value.flatMap((one): readonly (readonly [ItemKey, HeldSchedule])[] => {
      const { schedule, suspend, timeZone } = one.spec;
      if (typeof schedule !== 'string') return [];
      const zone = typeof timeZone === 'string' ? timeZone : null;
      const held = {
        text: schedule,
        dialect: 'kubernetes',
        zone,
        name: calledCronJob(one),
        enabled: suspend !== true,
      } as const;
      return [[keyOf({ ...one, field: 'schedule' }), held]];
    }),
  );
}
