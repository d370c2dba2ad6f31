import type { ComputedSet } from '../planning/compute-change-set.ts';
import type { WindowRule } from '../windows/require-window.ts';
import type { ApplyOptions } from './apply-options.ts';

/** The change windows that an apply goes by: those of the workspace as it was read for this set. */
export function windowRuleOf(
  { workspace }: Pick<ComputedSet, 'workspace'>,
  {
    offline,
    overrideWindow,
    waitWindow,
  }: Pick<ApplyOptions, 'offline' | 'overrideWindow' | 'waitWindow'>,
): WindowRule {
  // Who has waited is not told to wait.
  const canWait = waitWindow === undefined;
  return { windows: workspace.config.windows, offline, overrideWindow, canWait };
}
