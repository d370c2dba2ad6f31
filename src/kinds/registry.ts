import type { KindName } from '../model/plan-file.ts';
import { cronjobKind } from './cronjob/cronjob-kind.ts';
import { crontabKind } from './crontab/crontab-kind.ts';
import { fileKind } from './file/file-kind.ts';
import type { Kind } from './kind.ts';
import { manifestKind } from './manifest/manifest-kind.ts';
import { scheduleKind } from './schedule/schedule-kind.ts';

const KINDS: Readonly<Record<KindName, Kind>> = {
  manifest: manifestKind,
  file: fileKind,
  crontab: crontabKind,
  cronjob: cronjobKind,
  schedule: scheduleKind,
};

/** The kind of that name. A new kind is its folder and one line above. */
export function kindOf(name: KindName): Kind {
  return KINDS[name];
}
