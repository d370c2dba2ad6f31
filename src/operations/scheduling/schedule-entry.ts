import type { Dialect } from '../../cron/dialect.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';

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

/** Where an entry would stand, and has no text of a schedule. */
export interface UnreadEntry {
  readonly name: string;
  readonly message: string;
  readonly at: ScheduleEntry['at'];
  readonly help: string;
}

/** What a file has of them, in its order each. */
export interface FoundEntries {
  readonly entries: readonly ScheduleEntry[];
  readonly unread: readonly UnreadEntry[];
}

export function unreadEntry(
  name: string,
  message: string,
  at: ScheduleEntry['at'],
  help: string,
): UnreadEntry {
  return { name, message, at, help };
}

export interface ScheduleSource extends FoundEntries {
  /** As it was named, for places of problems. */
  readonly file: string;
  readonly text: string;
  /** What is odd about the file as a whole. */
  readonly warnings: readonly Diagnostic[];
  /** How many entries the file lets run at once; null: it does not say. */
  readonly mostAtOnce: number | null;
}
