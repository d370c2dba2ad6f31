import type { ScheduleSpec } from '../../model/plan-file.ts';
import type { Kind } from '../kind.ts';
import { declaredSchedules, desiredSchedules } from './desired-schedules.ts';
import { editSchedules } from './edit-schedules.ts';
import { judgeSchedules } from './judge-schedules.ts';
import { heldSchedules, runsAtOnce } from './held-schedules.ts';
import { observeSchedules } from './observe-schedules.ts';
import { sameSchedule } from './same-schedule.ts';

/** Kind `schedule`: entries of a list of jobs in a YAML or JSON file, and fields of its `global`. */
export const scheduleKind: Kind<ScheduleSpec> = {
  name: 'schedule',
  watched: false,
  desired: desiredSchedules,
  declared: declaredSchedules,
  observe: observeSchedules,
  same: sameSchedule,
  edit: editSchedules,
  derivedGates: () => [],
  judge: judgeSchedules,
  looksAt: () => [],
  schedules: heldSchedules,
  runsAtOnce,
  restart: () => 'not-applicable',
};
