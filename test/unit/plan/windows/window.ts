import type { Millis, PlanName, ResourceId } from '../../../../src/model/brand.ts';
import type { ChangeWindow } from '../../../../src/model/plan-file.ts';
import { judgeWindows } from '../../../../src/plan/windows/judge-windows.ts';
import type { WindowVerdict } from '../../../../src/plan/windows/judge-windows.ts';
import { windowsOfPlan } from '../../../../src/plan/windows/plan-windows.ts';

export const HOUR = 3_600_000;
export const MINUTE = 60_000;

/** `nightly allow 0 22 * * 1-5 6h Europe/Berlin`, for all plans unless said otherwise. */
export function window(text: string, plans: readonly string[] = ['*']): ChangeWindow {
  const [name = '', rule, ...rest] = text.split(' ');
  const zone = rest.at(-1) ?? '';
  const length = /^(\d+)([hm])$/.exec(rest.at(-2) ?? '');
  const time = Number(length?.[1]) * (length?.[2] === 'h' ? HOUR : MINUTE);
  const schedule = rest.slice(0, -2).join(' ');
  const known = rule === 'allow' ? 'allow' : 'deny';
  return { name, rule: known, schedule, for: time as Millis, zone, plans, reason: null };
}

export function judged(
  windows: readonly ChangeWindow[],
  at: string,
  needs = 0,
  resources: readonly string[] = [],
  plan = 'app',
): WindowVerdict {
  const some = windowsOfPlan(windows, plan as PlanName, resources as readonly ResourceId[]);
  return judgeWindows(some, Date.parse(at), needs as Millis);
}

/** `outside nightly, next 2026-11-23T21:00Z by nightly`. */
export function told(verdict: WindowVerdict): string {
  const { is, by } = verdict;
  const words = [`${is}${by.map((one) => ` ${one.window.name}`).join('')}`];
  if ('until' in verdict) words.push(`until ${time(verdict.until)}`);
  if ('next' in verdict) {
    const names = verdict.next.by.map((one) => ` ${one.window.name}`).join('');
    words.push(`next ${time(verdict.next.at)}${names === '' ? '' : ` by${names}`}`);
  }
  return words.join(', ');
}

function time(at: number | null): string {
  return at === null ? 'none' : new Date(at).toISOString().replace(':00.000Z', 'Z');
}
