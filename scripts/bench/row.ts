import type { Compared } from './compare.ts';

/** One line of the table. */
export interface Row extends Compared {
  readonly name: string;
  /** Largest ratio that is allowed; null: only told. */
  readonly limit: number | null;
}

export function isHeld({ limit, ratio }: Row): boolean {
  return limit === null || ratio <= limit;
}
