import { isHeld, type Row } from './row.ts';
import type { Summary } from './summary.ts';

const HEAD = ['', 'ms median', 'min–max', 'floor', 'min–max', 'ratio', 'limit'];

/** Columns for people: the name to the left, numbers to the right. */
export function formatTable(rows: readonly Row[]): string {
  const lines = [HEAD, ...rows.map(cells)];
  const widths = HEAD.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const pad = (cell: string, i: number): string =>
    i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0);
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}

function cells(row: Row): readonly string[] {
  const limit = row.limit === null ? '' : `${isHeld(row) ? '' : 'OVER '}≤ ${row.limit.toFixed(1)}`;
  return [row.name, ...times(row.subject), ...times(row.floor), row.ratio.toFixed(2), limit];
}

function times({ median, min, max }: Summary): readonly string[] {
  return [median.toFixed(1), `${min.toFixed(1)}–${max.toFixed(1)}`];
}

/** The last line. */
export function verdict(rows: readonly Row[]): string {
  const limited = rows.filter(({ limit }) => limit !== null);
  const held = limited.filter(isHeld).length;
  return `bench: ${String(held)} of ${String(limited.length)} limits held`;
}
