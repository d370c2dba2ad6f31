import { printable } from '../../diagnostics/printable.ts';
import type { LocksResult } from '../../operations/results.ts';
import { withFlagsToWaitFor } from '../repeated-flags.ts';
import { plural } from './change-counts.ts';
import { sections } from './sections.ts';
import type { ViewOptions } from './view-options.ts';

type Process = LocksResult['run']['processes'][number];

/** Paths shown of one process. */
const SHOWN = 10;

/** Who holds and who waits, process by process: first the run lock and its holder, then who waits, then paths. */
export function locksView({ run, paths }: LocksResult, options: ViewOptions): string {
  const text = sections([
    [...runLines(run), ...run.waiting.map((one) => `waits for the run lock: ${processText(one)}`)],
    paths.held.flatMap(({ paths: names, others, ...holder }) => [
      `${plural(names.length + others, 'path')} locked by ${processText(holder)}`,
      ...names.slice(0, SHOWN).map((name) => `  ${printable(name)}`),
      ...restLine(Math.max(0, names.length - SHOWN), others),
    ]),
    paths.waiting.map((one) => `waits for a path: ${processText(one)}`),
  ]);
  return withFlagsToWaitFor(text, options.repeatedFlags);
}

function restLine(more: number, unknown: number): readonly string[] {
  if (more + unknown === 0) return [];
  return unknown === 0
    ? [`  and ${String(more)} more`]
    : [`  and ${String(more + unknown)} more, ${String(unknown)} of them not managed`];
}

function runLines({ held, hidden, holder, processes }: LocksResult['run']): readonly string[] {
  if (!held) return ['The run lock is free.'];
  const sharing = processes.filter(({ pid }) => pid !== holder?.pid);
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
    ...sharing.map((one) => `shares the run lock: ${processText(one)}`),
  ];
}

function processText({ pid, command }: Process): string {
  return `pid ${String(pid)} (${printable(command)})`;
}
