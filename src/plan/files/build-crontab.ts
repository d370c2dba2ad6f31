import { userCrontab } from '../../kinds/crontab/cron-places.ts';
import type * as data from '../../generated/plan-types.ts';
import type { HostPath } from '../../model/brand.ts';
import type { CrontabJob, CrontabSpec } from '../../model/plan-file.ts';
import { recordRule } from './build-place.ts';
import { child, entries, type SourceNode } from './source-tree.ts';

/** A resource of kind `crontab`; values of its environment keep the text they are written with. */
export function crontabSpec(resource: data.CrontabResource, node: SourceNode): CrontabSpec {
  const { path, user, jobs = {}, escapePercent } = resource;
  const environment = entries(child(node, 'environment')).map(
    ({ key, value }): [string, string] => [key, value.type === 'scalar' ? value.text : ''],
  );
  return {
    kind: 'crontab',
    path: path === undefined ? userCrontab(user ?? '') : (path as HostPath),
    owner: user ?? null,
    jobs: Object.fromEntries(
      Object.entries(jobs).map(([id, job]) => [id, job === null ? null : crontabJob(job)]),
    ),
    environment: Object.fromEntries(environment),
    ...(escapePercent === false ? { escapePercent } : {}),
    ...recordRule(resource),
  };
}

function crontabJob({ schedule, user, command }: data.CronJob): CrontabJob {
  return { schedule, user: user ?? null, command };
}
