import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { Millis } from '../../model/brand.ts';
import type { ChangeSet } from '../../model/change-set.ts';
import { durationText } from '../../model/duration-text.ts';
import { EXIT } from '../../model/outcome.ts';
import type { ChangeWindow } from '../../model/plan-file.ts';
import type { RunEventListener } from '../../model/run-event.ts';
import { nextTime } from '../../plan/windows/judge-windows.ts';
import type { Session } from '../session.ts';
import { limitedPart, standingAt } from './plan-window.ts';
import type { Limited } from './plan-window.ts';

export interface WindowWait {
  readonly windows: readonly ChangeWindow[];
  readonly offline: boolean;
  /** `--wait-limit`: nobody waits for what opens later than that. */
  readonly limit: Millis;
  readonly listener: RunEventListener;
  readonly signal: AbortSignal;
}

/** So often the clock is looked at: it may be set, and a machine may sleep. */
const LOOK = 30_000;
/** Times that suit one plan and not the next; more than that, and they never meet. */
const ROUNDS = 200;

/**
 * Waits until every plan of the set may be applied; `false`: all of them could at once. Holds no lock, changes nothing. Throws SP4282
 * (exit 7) when there is no such time within the limit, and what the signal says when it is aborted.
 */
export async function waitForWindows(
  session: Session,
  set: ChangeSet,
  { windows, offline, limit, listener, signal }: WindowWait,
): Promise<boolean> {
  const { clock } = session.host;
  const limited = set.parts.flatMap((part) => limitedPart(part, windows, offline) ?? []);
  const now = clock.now().getTime();
  const opens = allOpenFrom(limited, now);
  if (opens === now) return false;
  const refusal = noTime(limited, { opens, now, limit, notAfter: set.notAfter });
  if (refusal !== null) throw new SetpointError(EXIT.refused, [refusal]);
  if (opens === null) return false;
  const closed = limited
    .map((one) => standingAt(one, clock.now()))
    .filter(({ standing }) => standing !== 'open');
  const until = new globalThis.Date(opens).toISOString();
  listener({
    type: 'window-awaited',
    plans: closed.map(({ plan }) => plan),
    until,
    reason: closed.map(({ plan, message }) => `${plan}: ${message}`).join('; '),
  });
  for (let left = opens - clock.now().getTime(); left > 0; left = opens - clock.now().getTime()) {
    await clock.sleep(Math.min(left, LOOK) as Millis, signal);
  }
  return true;
}

/** The first instant from `from` on at which each of them may begin; `null`: none as far as it is looked. */
function allOpenFrom(limited: readonly Limited[], from: number): number | null {
  let at = from;
  for (let round = 0; round < ROUNDS; round += 1) {
    const times = limited.map(({ windows, needs }) => nextTime(windows, at, needs).at);
    if (times.includes(null)) return null;
    const latest = Math.max(at, ...times.flatMap((time) => time ?? []));
    if (latest === at) return at;
    at = latest;
  }
  return null;
}

interface Found {
  readonly opens: number | null;
  readonly now: number;
  readonly limit: Millis;
  readonly notAfter: string | undefined;
}

function noTime(
  limited: readonly Limited[],
  { opens, now, limit, notAfter }: Found,
): Diagnostic | null {
  const plans = limited.map(({ plan }) => plan).join(', ');
  if (opens === null) {
    const together = limited.length > 1 ? ' at one time' : '';
    const message = `no window is found in which ${plans} may be applied${together}`;
    return problem(message, 'see setpoint plan; go on with --override window --reason TEXT');
  }
  const at = new globalThis.Date(opens).toISOString();
  if (opens - now > limit) {
    const message = `${plans} may be applied at ${at}, in ${durationText(opens - now)}: that is later than --wait-limit ${durationText(limit)} allows`;
    return problem(
      message,
      `apply it then, or wait longer: --wait-limit ${durationText(opens - now + 60_000)}`,
    );
  }
  if (notAfter === undefined || at <= notAfter) return null;
  const message = `${plans} may be applied at ${at}, and the saved set not after ${notAfter}`;
  return problem(message, 'save it anew with a later --expires');
}

function problem(message: string, help: string): Diagnostic {
  return { code: 'SP4282', severity: 'error', message, help };
}
