import type { Dialect } from '../../cron/dialect.ts';

/** One schedule of a file, or an expression, as it stands there; not read yet. */
export interface ScheduleEntry {
  readonly name: string;
  readonly text: string;
  readonly dialect: Dialect;
  /** As the file says it; null: it says none. */
  readonly zone: string | null;
  /** False where the file switches it off. */
  readonly enabled: boolean;
  /** Where the text begins; lines and columns from 1. */
  readonly at: { readonly line: number; readonly column: number };
}

export interface ScheduleSource {
  /** As it was named, for places of problems. */
  readonly file: string;
  readonly text: string;
  readonly entries: readonly ScheduleEntry[];
  /** How many entries the file lets run at once; null: it does not say. */
  readonly mostAtOnce: number | null;
}
