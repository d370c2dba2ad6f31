import { printableLine } from '../../diagnostics/printable.ts';
import type { ScheduleChange, ScheduleSide } from '../../operations/scheduling/results.ts';
import type { Style } from '../style.ts';

/** Below the item that changes a schedule: when it fires before and after. */
export function scheduleLines(change: ScheduleChange, style: Style): readonly string[] {
  const { before, after } = change;
  return [
    ...(before === null ? [] : [`fires so far: ${sideText(before)}`]),
    ...(after === null ? [] : [`will fire:    ${sideText(after)}`]),
  ].map((line) => style.dim(line));
}

function sideText({ zone, dialect, words, next }: ScheduleSide): string {
  const where = `(${dialect}, ${zone === null ? 'zone of the machine, here UTC' : printableLine(zone)})`;
  if (words === null) return `not readable ${where}`;
  const runs = next.map((run) => run.replace('T', ' ')).join(', ');
  return `${words}: ${runs === '' ? 'no run is known' : runs} ${where}`;
}
