import type { Millis, PlanName, ResourceId } from '../../model/brand.ts';
import type { PlanPart } from '../../model/change-set.ts';
import type { ChangeWindow } from '../../model/plan-file.ts';
import { judgeWindows } from '../../plan/windows/judge-windows.ts';
import { windowsOfPlan } from '../../plan/windows/plan-windows.ts';
import type { PlanWindows } from '../../plan/windows/plan-windows.ts';
import { timeNeeded } from '../../plan/windows/time-needed.ts';
import { windowWords } from '../../plan/windows/window-words.ts';

/** When a plan may be applied, by the windows of the workspace. */
export interface PlanWindow {
  readonly plan: PlanName;
  /** `denied`: by a `deny` window; `outside`: no `allow` window is on; `too-short`: what is left of it does not do. */
  readonly standing: 'open' | 'denied' | 'outside' | 'too-short';
  /** The windows that make it so; with `open` those that allow it. */
  readonly windows: readonly string[];
  /** ISO 8601: until when it is open; null: it is closed, or does not end as far as it was looked. */
  readonly until: string | null;
  /** ISO 8601: the next time that is long enough; null: it is open, or there is none as far as it was looked. */
  readonly opens: string | null;
  /** How long the plan takes at most, in milliseconds: deadlines of its gates, limits of audits and actions. */
  readonly needs: Millis;
  /** The same for people. */
  readonly message: string;
}

/** A plan part that changes the host, and which windows concern it. */
export interface Limited {
  readonly plan: PlanName;
  readonly windows: PlanWindows;
  readonly needs: Millis;
}

/** What windows have to know of something that changes the host. */
export interface LimitedPart {
  readonly plan: PlanName;
  readonly files: readonly {
    readonly write: boolean;
    readonly resources: readonly ResourceId[];
  }[];
  readonly steps: PlanPart['steps'];
  readonly gates: PlanPart['gates'];
}

/** `null`: it writes nothing, or no window concerns it. */
export function limitedPart(
  part: LimitedPart,
  windows: readonly ChangeWindow[],
  offline: boolean,
): Limited | null {
  const written = part.files.filter(({ write }) => write);
  if (written.length === 0 || windows.length === 0) return null;
  const resources: readonly ResourceId[] = [...new Set(written.flatMap((file) => file.resources))];
  const concerned = windowsOfPlan(windows, part.plan, resources);
  if (concerned.allows.length + concerned.denies.length === 0) return null;
  return { plan: part.plan, windows: concerned, needs: timeNeeded(part, offline) };
}

export function standingAt({ plan, windows, needs }: Limited, now: Date): PlanWindow {
  const at = now.getTime();
  const verdict = judgeWindows(windows, at, needs);
  const until = 'until' in verdict ? verdict.until : null;
  const opens = 'next' in verdict ? verdict.next.at : null;
  return {
    plan,
    standing: verdict.is,
    windows: verdict.by.map(({ window }) => window.name),
    until: isoTime(until),
    opens: isoTime(opens),
    needs,
    message: windowWords(verdict, at, needs),
  };
}

function isoTime(at: number | null): string | null {
  return at === null ? null : new globalThis.Date(at).toISOString();
}
