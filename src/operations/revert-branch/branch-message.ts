import type { HostName } from '../../model/brand.ts';
import type { PlanChange } from './recorded-before.ts';

/** The message of `git revert`, for a commit that is just what that makes. `subject`: that of the commit taken back. */
export function revertMessage(subject: string, { applied }: PlanChange): string {
  return `Revert "${subject}"\n\nThis reverts commit ${applied}.\n`;
}

/** Where one commit does not tell it: several came between, or one that changed more. */
export function planMessage({ run, plan, applied, before }: PlanChange, host: HostName): string {
  if (before === null) {
    return `Revert plan ${plan} to before its first run\n\nRun ${run} on ${host} applied it from commit ${applied}.\nNothing was recorded of it before.\n`;
  }
  return `Revert plan ${plan} to ${before.slice(0, 12)}\n\nRun ${run} on ${host} applied it from commit ${applied}.\nBefore, it was applied from commit ${before}.\n`;
}
