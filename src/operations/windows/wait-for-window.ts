import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { Millis } from '../../model/brand.ts';
import type { ChangeSet } from '../../model/change-set.ts';
import { durationText } from '../../model/duration-text.ts';
import { LONGEST_WAIT } from '../../model/longest-wait.ts';
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
  /** How much of it has passed, by a clock that nobody sets. */
  readonly waited: Millis;
  readonly listener: RunEventListener;
  readonly signal: AbortSignal;
}

/** So often the clock is looked at: it may be set, and a machine may sleep. */
const LOOK = 30_000;
/** Times that suit one plan and not the next; more than that, and they never meet. */
const ROUNDS = 200;
const SHORT = 60_000;

/**
 * Waits until every plan of the set may be applied, or the clock was set back; `false`: all of them could at once. Holds no lock, changes
 * nothing. Throws SP4282 (exit 7) when there is no such time within the limit, and what the signal says when it is aborted.
 */
export async function waitForWindows(
  session: Session,
  set: ChangeSet,
  { windows, offline, limit, waited, listener, signal }: WindowWait,
): Promise<boolean> {
  const { clock } = session.host;
  const limited = set.parts.flatMap((part) => limitedPart(part, windows, offline) ?? []);
  const now = clock.now().getTime();
  const opens = allOpenFrom(limited, now);
  if (opens === now) return false;
  if (opens === null) throw refusal(noCommonTime(limited));
  const late = tooLate(limited, { opens, now, limit, waited, notAfter: set.notAfter });
  if (late !== null) throw refusal(late);
  const closed = limited
    .map((one) => standingAt(one, clock.now()))
    .filter(({ standing }) => standing !== 'open');
  listener({
    type: 'window-awaited',
    plans: closed.map(({ plan }) => plan),
    until: new globalThis.Date(opens).toISOString(),
    reason: closed.map(({ plan, message }) => `${plan}: ${message}`).join('; '),
  });
  await sleepUntil(opens, session, signal);
  return true;
}

/** Or until the clock shows an earlier time than before: then something else may open first. */
async function sleepUntil(
  opens: number,
  { host: { clock } }: Session,
  signal: AbortSignal,
): Promise<void> {
  let last = clock.now().getTime();
  for (let now = last; now < opens && now >= last; now = clock.now().getTime()) {
    last = now;
    await clock.sleep(Math.min(opens - now, LOOK) as Millis, signal);
  }
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

function noCommonTime(limited: readonly Limited[]): Diagnostic {
  const together = limited.length > 1 ? ' at one time' : '';
  const message = `no window is found in which ${namesOf(limited)} may be applied${together}`;
  return problem(message, 'see setpoint plan; go on with --override window --reason TEXT');
}

interface Found {
  readonly opens: number;
  readonly now: number;
  readonly limit: Millis;
  readonly waited: Millis;
  readonly notAfter: string | undefined;
}

function tooLate(
  limited: readonly Limited[],
  { opens, now, limit, waited, notAfter }: Found,
): Diagnostic | null {
  const at = new globalThis.Date(opens).toISOString();
  const left = opens - now;
  if (waited + left > limit) {
    const already = waited < SHORT ? '' : `, of which ${durationText(waited)} have passed`;
    const message = `${namesOf(limited)} may be applied at ${at}, in ${durationText(left)}: that is later than --wait-limit ${durationText(limit)} allows${already}`;
    const longer = left + SHORT;
    const wait =
      longer > LONGEST_WAIT ? '' : `, or wait longer: --wait-limit ${wholeMinutes(longer)}`;
    return problem(message, `apply it then${wait}`);
  }
  if (notAfter === undefined || at <= notAfter) return null;
  const message = `${namesOf(limited)} may be applied at ${at}, and the saved set not after ${notAfter}`;
  return problem(message, 'save it anew with a later --expires');
}

function namesOf(limited: readonly Limited[]): string {
  return limited.map(({ plan }) => plan).join(', ');
}

function wholeMinutes(time: number): string {
  return durationText(Math.ceil(time / SHORT) * SHORT);
}

function problem(message: string, help: string): Diagnostic {
  return { code: 'SP4282', severity: 'error', message, help };
}

function refusal(diagnostic: Diagnostic): SetpointError {
  return new SetpointError(EXIT.refused, [diagnostic]);
}
