import type { CodeEntry } from './entry.ts';

/** SP141x: `windows:` of setpoint.yaml. SP428x: change windows at plan and apply. */
export const windowCodes = {
  SP1410: {
    title: 'a window neither allows nor denies, or does both',
    explanation:
      'Each entry of `windows` has either `allow` or `deny`, with the schedule by which it begins. Write two entries for both.',
  },
  SP1411: {
    title: 'the schedule of a window cannot be read',
    explanation:
      'Windows begin by five fields (minute, hour, day of month, month, day of week) as CronJobs of Kubernetes take them, or by a word such as `@daily`. Sunday is 0; day of month and day of week are either-or where both are limited. The zone stands in `zone`, and `@every` has no place in a day. The column is that of the part that is wrong.',
  },
  SP1412: {
    title: 'unknown time zone',
    explanation:
      'Zones have IANA names, such as `Europe/Berlin`, `America/New_York` or `UTC`, known to the Node that runs setpoint. Offsets such as `+02:00` and names such as `Local` are none: when a window begins must not depend on where setpoint runs.',
  },
  SP1413: {
    title: 'a window is too short or too long',
    explanation: 'A window lasts from one minute (`1m`) to 366 days (`8784h`) each time.',
  },
  SP1414: {
    title: 'a window never begins',
    explanation:
      'No date fits its schedule, such as 30 February. Plans that only such an `allow` window concerns can never be applied; such a `deny` window closes nothing. Correct the schedule, or remove the window.',
  },
  SP1415: {
    title: 'invalid plan pattern',
    explanation:
      'Patterns of windows are globs on the name of a plan, or on PLAN/RESOURCE: * any characters but the slash, ? one, [ab] one of, {a,b} alternatives. They do not begin with a slash or an exclamation mark.',
  },
  SP1416: {
    title: 'two windows have the same name',
    explanation:
      'Refusals and the record name windows by their name, so each name is used once. To open at two times of the day, write two windows, or a list in the schedule (`0 2,14 * * *`).',
  },
  SP1417: {
    title: 'a window is for a plan that is not there',
    explanation:
      'No plan of this workspace has a name that the pattern fits, so that it opens or closes nothing. Correct the name, or remove the pattern.',
  },
  SP4280: {
    title: 'outside of the change windows',
    explanation:
      'The windows of `setpoint.yaml` do not let this plan be applied now: a `deny` window is on, or no `allow` window that concerns it is. The message names the window and when it opens next. Wait for that (`setpoint apply --wait-window` does), or go on with `--override window --reason TEXT`, which is recorded. Nothing that takes a change back asks for windows: reverts, `setpoint revert`, `backup restore` and `recover` always run.',
  },
  SP4281: {
    title: 'what is left of the change window is too short',
    explanation:
      'A window is open, but it ends before this plan would in the worst case: the deadlines of its gates before and after the change, the time limits of its audits and of its actions, all together. Should gates turn red the revert may go on after the end; it always runs. Wait for the next opening (`--wait-window`), lower `within` of gates that are known to be fast, or go on with `--override window --reason TEXT`.',
  },
  SP4282: {
    title: 'no change window to wait for',
    explanation:
      '`apply --wait-window` waits until every plan of the change set may be applied at one time. There is no such time, or it is later than `--wait-limit` allows (24h unless said otherwise), or after the time until which the saved set may be applied. Apply the plans one by one where their windows never meet.',
  },
} as const satisfies Record<string, CodeEntry>;
