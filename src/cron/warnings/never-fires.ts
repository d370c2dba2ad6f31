import type { CronSchedule } from '../cron-schedule.ts';
import type { NextRuns, RunsRequest } from '../next-runs.ts';

/**
 * Whether nothing will ever fire: five years without a run are never to Kubernetes, eight to the others. A schedule whose times nobody
 * knows, as at the start of the machine, does fire.
 */
export function neverFires(
  schedule: CronSchedule,
  nextRuns: NextRuns,
  request: RunsRequest,
): boolean {
  if (schedule.kind === 'reboot') return false;
  const [first] = nextRuns(schedule, request);
  return first === undefined;
}
