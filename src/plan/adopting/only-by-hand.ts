import { isMountKey } from '../../kinds/manifest/mounts/mount-key.ts';
import type { ItemKey } from '../../model/brand.ts';
import type { KindName } from '../../model/plan-file.ts';

/** What an item is, and what a person does for it to keep its live value. */
export interface ByHand {
  readonly is: string;
  readonly instead: string;
}

const MOUNT: ByHand = { is: 'a mount', instead: 'change `mounts:` in its resource by hand' };
const VALUE = 'write the value into its resource by hand';

const OF_KIND: Readonly<Record<KindName, ByHand | null>> = {
  manifest: null,
  file: null,
  crontab: { is: 'a line of a crontab', instead: 'change its resource by hand' },
  cronjob: { is: 'a field of a CronJob', instead: VALUE },
  schedule: { is: 'of a file of schedules', instead: VALUE },
};

/** Of an item that `drift --adopt` writes into no plan file; `null`: it does (edit-item.ts). */
export function onlyByHand(kind: KindName, key: ItemKey): ByHand | null {
  // A namespace of CronJobs may be called as mounts are.
  return OF_KIND[kind] ?? (isMountKey(key) ? MOUNT : null);
}
