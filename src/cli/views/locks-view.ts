import { printable, printableLine } from '../../diagnostics/printable.ts';
import type { LocksResult } from '../../operations/results.ts';
import { withFlags, withFlagsToWaitFor } from '../repeated-flags.ts';
import { createStyle } from '../style.ts';
import { plural } from './change-counts.ts';
import { leftOpenLines } from './open-run-lines.ts';
import { sections } from './sections.ts';
import type { ViewOptions } from './view-options.ts';

type Process = LocksResult['run']['processes'][number];

/** Paths shown of one process. */
const SHOWN = 10;

/** Who holds and who waits, process by process: first the run lock and its holder, then who waits, then paths. */
export function locksView({ run, paths, leftOpen }: LocksResult, options: ViewOptions): string {
  const style = createStyle(options.color);
  const text = sections([
    [...runLines(run), ...run.waiting.map((one) => `waits for the run lock: ${processText(one)}`)],
    paths.held.flatMap(({ paths: names, others, ...holder }) => [
      `${plural(names.length + others, 'path')} locked by ${processText(holder)}`,
      ...names.slice(0, SHOWN).map((name) => `  ${printableLine(name)}`),
      ...restLine(Math.max(0, names.length - SHOWN), others),
    ]),
    paths.waiting.map((one) => `waits for a path: ${processText(one)}`),
  ]);
  if (leftOpen.length === 0) return withFlagsToWaitFor(text, options.repeatedFlags);
  const open = leftOpen.flatMap((one) => leftOpenLines(one, style));
  const told = sections([open, ['Nobody works on what is open. Next: setpoint status']]);
  return `${withFlagsToWaitFor(text, options.repeatedFlags)}\n\n${withFlags(told, options.repeatedFlags)}`;
}

function restLine(more: number, unknown: number): readonly string[] {
  if (more + unknown === 0) return [];
  return unknown === 0
    ? [`  and ${String(more)} more`]
    : [`  and ${String(more + unknown)} more, ${String(unknown)} of them not managed`];
}

function runLines({ held, hidden, holder, processes }: LocksResult['run']): readonly string[] {
  if (!held) return ['The run lock is free.'];
  const named = holder !== null && (hidden === true || processes.some(isPid(holder.pid)));
  if (holder !== null && !named) return goneLines(holder, processes);
  const unnamed =
    hidden === true
      ? "another user's process, which root can see"
      : 'a process that did not write its name';
  const who =
    holder === null
      ? unnamed
      : `pid ${String(holder.pid)} (${printable(holder.command)}) since ${printable(holder.since)}`;
  const run = holder?.run == null ? '' : `, run ${printable(holder.run)}`;
  return [
    `The run lock is held by ${who}${run}.`,
    ...processes.filter((one) => one.pid !== holder?.pid).map(sharing),
  ];
}

/** Who wrote the name is gone, and with it whatever it waited for; what it left running still has the lock. */
function goneLines(
  { pid, run }: { readonly pid: number; readonly run: string | null },
  processes: readonly Process[],
): readonly string[] {
  const of = run === null ? '' : `, run ${printable(run)}`;
  return [
    `The run lock is held by what pid ${String(pid)} left running, which is not visible here any more${of}:`,
    ...processes.map((one) => `  ${processText(one)}`),
  ];
}

function isPid(pid: number): (process: Process) => boolean {
  return (process) => process.pid === pid;
}

function sharing(process: Process): string {
  return `shares the run lock: ${processText(process)}`;
}

function processText({ pid, command }: Process): string {
  return `pid ${String(pid)} (${printable(command)})`;
}
