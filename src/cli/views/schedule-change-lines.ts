import type { ScheduleChange, ScheduleTold } from '../../operations/scheduling/results.ts';
import type { Style } from '../style.ts';
import { runText } from './run-text.ts';
import { NO_BREAK, wrapText } from './wrap-text.ts';
import { zoneText } from './zone-text.ts';

/** Below this, lines of a side begin at its left. */
const NARROW = 60;

/** Below the item that changes a schedule: when it fires before and after, in `room` columns. */
export function scheduleLines(
  { before, after }: ScheduleChange,
  style: Style,
  room: number,
): readonly string[] {
  return [
    ...(before === null ? [] : sideLines('fires so far: ', before, room)),
    ...(after === null ? [] : sideLines('will fire:    ', after, room)),
  ].map((line) => style.dim(line));
}

/** Why a schedule fires at other times whose text nothing changes. `items`: keys of what is changed in its file. */
export function asWritten(
  { key, before, after }: ScheduleChange,
  items: ReadonlySet<string>,
): string {
  const text = (after ?? before)?.schedule ?? '';
  if (before === null || after === null) return `its schedule is ${text}`;
  const own = key.slice(0, key.lastIndexOf(':'));
  const causes = [
    ...(before.zone === after.zone ? [] : ['global:timezone', `${own}:timeZone`]),
    ...(before.enabled === after.enabled ? [] : [`${own}:suspend`]),
  ].filter((one) => items.has(one));
  const because = causes.length === 0 ? '' : ` because of ${causes.join(' and ')}`;
  return `stays ${text} and fires otherwise${because}`;
}

function sideLines(label: string, side: ScheduleTold, room: number): readonly string[] {
  const indent = ' '.repeat(room < NARROW ? 2 : label.length);
  return wrapText(joined(label) + sideText(side), room, indent);
}

function joined(text: string): string {
  return text.replaceAll(' ', NO_BREAK);
}

function sideText({ zone, dialect, enabled, words, next }: ScheduleTold): string {
  const where = `(${dialect}, ${zoneText(zone)})`;
  if (words === null) return `not readable ${where}`;
  if (!enabled) return `not while it is off; ${words} ${where}`;
  const runs = next.map((run) => joined(runText(run))).join(', ');
  return `${words}: ${runs === '' ? 'no run is known' : runs} ${where}`;
}
