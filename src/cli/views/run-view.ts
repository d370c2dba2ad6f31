import { printable, printableLine } from '../../diagnostics/printable.ts';
import type { JsonValue } from '../../model/item.ts';
import type { RecordChange, RunFacts, RunResult } from '../../operations/results.ts';
import { createStyle } from '../style.ts';
import type { Style } from '../style.ts';
import { auditLines } from './audit-lines.ts';
import { plural } from './change-counts.ts';
import { checkLine } from './check-line.ts';
import { diffText } from './diff-text.ts';
import { entryRow, planCommitText } from './history-view.ts';
import { manualLines, reportLines } from './report-lines.ts';
import { sections } from './sections.ts';
import { durationText } from './short-text.ts';
import { differenceLine, structuralDiff } from './structural-diff.ts';
import { table } from './table.ts';
import type { ViewOptions } from './view-options.ts';
import { timeText } from './time-text.ts';

/** One run: what and who, every check, its commits, how its records changed, its audit rows, the diff of the managed files. */
export function runView(result: RunResult, options: ViewOptions): string {
  const style = createStyle(options.color);
  return sections([
    headLines(result, style, options),
    table(result.entries.map((entry) => entryRow(entry, style))),
    (result.records ?? []).flatMap(recordLines),
    auditLines(result.audit),
    [result.diff === '' ? 'No recorded file content changed.' : diffText(result.diff, style)],
  ]);
}

function headLines(
  { report, facts, checks }: RunResult,
  style: Style,
  options: ViewOptions,
): readonly string[] {
  if (report !== null) {
    const [title = '', run = '', ...rest] = reportLines(report, style, {
      ...options,
      verbose: true,
    });
    return [title, run, ...factLines(facts), ...rest, ...manualLines(report, style)];
  }
  return [
    `${style.bold(printable(facts.plan ?? '-'))}  ${printable(facts.outcome ?? 'unknown')}`,
    `  run ${printable(facts.run)}`,
    ...factLines(facts),
    ...checks.map((check) => `  ${checkLine(check, style)}`),
    'No report of this run is left: what its commits and audit rows tell is above, what its checks answered is not known.',
  ];
}

/** `by alice, plan commit 1a2b3c4d5e6f, 2025-11-21T10:00:00Z, 9.0 s` and what was overridden. */
function factLines(facts: RunFacts): readonly string[] {
  const { actor, planCommit, startedAt, endedAt, toolVersion, overrides } = facts;
  const parts = [
    ...(actor === null ? [] : [`by ${printable(actor)}`]),
    ...(planCommit === null ? [] : [`plan commit ${planCommitText(planCommit)}`]),
    ...(startedAt === null ? [] : [timeText(startedAt)]),
    ...(startedAt === null || endedAt === null ? [] : [tookText(startedAt, endedAt)]),
    ...(toolVersion === null ? [] : [`setpoint ${printable(toolVersion)}`]),
  ];
  const lines = parts.length === 0 ? [] : [`  ${parts.join(', ')}`];
  return [...lines, ...(overrides ?? []).map((one) => `  override ${printableLine(one)}`)];
}

/** A clock that was set back in between is no reason to show nonsense. */
function tookText(from: string, to: string): string {
  return durationText(Math.max(0, Date.parse(to) - Date.parse(from)));
}

function recordLines({ path, before, after }: RecordChange): readonly string[] {
  if (before === null || after === null) {
    const mark = before === null ? '+' : '-';
    return [`${mark} ${printableLine(path)}${itemCount(before ?? after)}`];
  }
  const differences = structuralDiff(before, after);
  if (differences.length === 0) return [];
  const lines = differences.map((difference) => `  ${printableLine(differenceLine(difference))}`);
  return [`record of ${printableLine(path)}`, ...lines];
}

/** Records of files have items, records of plans have none. */
function itemCount(record: JsonValue): string {
  const items = (record as { readonly items?: unknown } | null)?.items;
  if (typeof items !== 'object' || items === null) return '';
  return `: ${plural(Object.keys(items).length, 'item')}`;
}
