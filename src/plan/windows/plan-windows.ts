import type { PlanName, ResourceId } from '../../model/brand.ts';
import type { ChangeWindow } from '../../model/plan-file.ts';
import { planFilter } from './plan-pattern.ts';
import { clocksOfZones, timedWindow } from './window-cover.ts';
import type { TimedWindow } from './window-cover.ts';

/** The windows that a plan goes by. */
export interface PlanWindows {
  /** One list for each set of windows that allow something of it: of each list one has to be on. Empty: nothing limits it. */
  readonly allows: readonly (readonly TimedWindow[])[];
  /** None of them may be on. */
  readonly denies: readonly TimedWindow[];
}

/**
 * The windows that concern a plan, by the resources that it changes: each has to be allowed by one of the windows that concern it, so that
 * a window for one resource opens no other. A resource that no `allow` window concerns is not limited by them.
 */
export function windowsOfPlan(
  windows: readonly ChangeWindow[],
  plan: PlanName,
  resources: readonly ResourceId[],
): PlanWindows {
  const subjects = resources.length === 0 ? [null] : resources;
  const filters = windows.map((window) => ({ window, fits: planFilter(window.plans) }));
  const concerned = subjects.map((resource) =>
    filters.filter(({ fits }) => fits({ plan, resource })).map(({ window }) => window),
  );
  const clocks = clocksOfZones();
  const timed = new Map(
    [...new Set(concerned.flat())].map((window) => [window, timedWindow(window, clocks)]),
  );
  const ofRule = (some: readonly ChangeWindow[], rule: ChangeWindow['rule']): TimedWindow[] =>
    some.filter((one) => one.rule === rule).flatMap((one) => timed.get(one) ?? []);
  const allows = concerned.map((some) => ofRule(some, 'allow')).filter((some) => some.length > 0);
  return { allows: withoutSame(allows), denies: ofRule([...timed.keys()], 'deny') };
}

function withoutSame(lists: readonly (readonly TimedWindow[])[]): PlanWindows['allows'] {
  const byNames = lists.map((list): [string, readonly TimedWindow[]] => [
    list.map(({ window }) => window.name).join(' '),
    list,
  ]);
  return [...new Map(byNames).values()];
}
