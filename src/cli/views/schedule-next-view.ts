import { printableLine } from '../../diagnostics/printable.ts';
import type { ScheduleNext, ScheduleNextResult } from '../../operations/scheduling/results.ts';
import { createStyle } from '../style.ts';
import type { Style } from '../style.ts';
import { plural } from './change-counts.ts';
import { runText } from './run-text.ts';
import type { ViewOptions } from './view-options.ts';
import { zoneText } from './zone-text.ts';

/** People read no more; `--json` has all. */
const MOST = 50;

/** Each schedule with its words and its next runs. */
export function scheduleNextView(
  { schedules }: ScheduleNextResult,
  { color }: ViewOptions,
): string {
  const style = createStyle(color);
  const blocks = schedules.slice(0, MOST).map((one) => blockOf(one, style).join('\n'));
  const left = schedules.length - MOST;
  const more = left > 0 ? [style.dim(`${plural(left, 'more schedule')}: --json has all`)] : [];
  return [...blocks, ...more].join('\n\n');
}

function blockOf(
  { name, schedule, dialect, zone, enabled, words, next }: ScheduleNext,
  style: Style,
): readonly string[] {
  const title =
    name === schedule
      ? style.bold(printableLine(name))
      : `${style.bold(printableLine(name))}  ${printableLine(schedule)}`;
  const off = enabled ? '' : style.yellow('  (off)');
  const runs = next.length === 0 ? [style.yellow('no run is known')] : next;
  return [
    `${title}  ${style.dim(`${dialect}, ${zoneText(zone)}`)}${off}`,
    `  ${words}`,
    ...runs.map((run) => `  ${runText(run)}`),
  ];
}
