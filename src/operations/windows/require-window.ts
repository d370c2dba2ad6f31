import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { EXIT } from '../../model/outcome.ts';
import type { ChangeWindow } from '../../model/plan-file.ts';
import type { Session } from '../session.ts';
import { limitedPart, standingAt } from './plan-window.ts';
import type { LimitedPart, PlanWindow } from './plan-window.ts';

export interface WindowRule {
  /** Of the workspace. The place for those of the host's own policy, once there is one. */
  readonly windows: readonly ChangeWindow[];
  readonly offline: boolean;
  /** `--override window --reason`. */
  readonly overrideWindow?: string | undefined;
  /** Whether the command can wait. */
  readonly canWait: boolean;
}

/** Throws SP4280 and SP4281 (exit 7) for every part that must not be begun now. */
export function requireWindows(
  { host }: Session,
  parts: readonly LimitedPart[],
  rule: WindowRule,
): void {
  const closed = parts.flatMap((part) => windowProblem(part, rule, host.clock.now()) ?? []);
  if (closed.length > 0) throw new SetpointError(EXIT.refused, closed);
}

/** Why a part must not be begun now, or `null`. */
export function windowProblem(part: LimitedPart, rule: WindowRule, now: Date): Diagnostic | null {
  if (rule.overrideWindow !== undefined) return null;
  const limited = limitedPart(part, rule.windows, rule.offline);
  if (limited === null) return null;
  const standing = standingAt(limited, now);
  return standing.standing === 'open' ? null : problemOf(standing, rule);
}

function problemOf(
  { plan, standing, message, opens }: PlanWindow,
  { canWait }: WindowRule,
): Diagnostic {
  const wait = canWait && opens !== null ? 'wait for it with --wait-window, or ' : '';
  return {
    code: standing === 'too-short' ? 'SP4281' : 'SP4280',
    severity: 'error',
    message: `plan ${plan} may not be applied now: ${message}`,
    help: `${wait}go on with --override window --reason TEXT, which is recorded`,
  };
}
