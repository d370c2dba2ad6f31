import type { Dialect } from '../cron/dialect.ts';

/** A schedule that an image holds, as the text stands there. */
export interface HeldSchedule {
  readonly text: string;
  readonly dialect: Dialect;
  /** IANA name; null: that of the machine that reads it. */
  readonly zone: string | null;
  /** What people call it; `H` follows from it. */
  readonly name: string;
  /** False: it is switched off and does not fire. */
  readonly enabled: boolean;
}
