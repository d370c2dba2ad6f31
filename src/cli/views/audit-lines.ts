import { printable } from '../../diagnostics/printable.ts';
import type { JsonValue } from '../../model/item.ts';
import type { RunResult } from '../../operations/results.ts';
import { shortId } from './short-text.ts';
import { table } from './table.ts';
import { timeText } from './time-text.ts';

type AuditRow = RunResult['audit'][number];

/** `audit 7  2025-11-21T10:00:00Z  run-started  apply by alice  1a2b3c4d5e6f`: number, time, event, what it says, its hash. */
export function auditLines(rows: readonly AuditRow[]): readonly string[] {
  return table(
    rows.map((row) => [
      `audit ${row.seq}`,
      timeText(row.time),
      printable(row.event),
      printable(words(row)),
      shortId(row.hash),
    ]),
  );
}

function words(row: AuditRow): string {
  const { operation, actor, outcome, choice, reason, answered } = row;
  return [
    text(operation),
    text(outcome),
    ...(choice === undefined ? [] : [`--${text(choice)}`]),
    ...(actor === undefined ? [] : [`by ${text(actor)}`]),
    ...answerWords(answered),
    ...(typeof reason === 'string' ? [`(${reason})`] : []),
  ]
    .filter((word) => word !== '')
    .join(' ');
}

function answerWords(answered: JsonValue | undefined): readonly string[] {
  if (typeof answered !== 'object' || answered === null || Array.isArray(answered)) return [];
  const { answer, actor } = answered as Readonly<Record<string, JsonValue>>;
  return [`${text(answer)} by ${text(actor)}`];
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
