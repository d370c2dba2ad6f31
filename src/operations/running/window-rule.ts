import type { ComputedSet } from '../planning/compute-change-set.ts';
import type { WindowRule } from '../windows/require-window.ts';
import type { ApplyOptions } from './apply-options.ts';

/** The change windows that an apply goes by: those of the workspace as it was read for this set. */
export function windowRuleOf(
  { workspace }: Pick<ComputedSet, 'workspace'>,
  { offline, overrideWindow }: Pick<ApplyOptions, 'offline' | 'overrideWindow'>,
): WindowRule {
  return { windows: workspace.config.windows, offline, overrideWindow, canWait: true };
}
