import type { Bench } from './bench.ts';
import type { Violation } from './judge.ts';

/** One fault at one place. Its id names it for ever as long as the code makes the same calls. */
export interface Point {
  readonly id: string;
  run(bench: Bench): Promise<readonly Violation[]>;
}

/** Points that are known only after a look at what happens at one place. Their ids begin with this one. */
export interface PointGroup {
  readonly id: string;
  points(bench: Bench): Promise<readonly Point[]>;
}

export interface PartOptions {
  /** Everything; else what fits into a build. */
  readonly full: boolean;
  /** Chooses where not everything is tried. */
  readonly random: () => number;
  /** Only the point of this id is wanted: a part may leave out the search for others. */
  readonly only: string | undefined;
}

/** A kind of fault. */
export interface Part {
  readonly name: string;
  /** Why it cannot be tried here, or null. */
  missing(): string | null;
  points(bench: Bench, options: PartOptions): Promise<readonly (Point | PointGroup)[]>;
  /** Ends what the points started. */
  close?(): void;
}

/** `count` of `all`, chosen by `random`, in their order. */
export function choose<T>(all: readonly T[], count: number, random: () => number): readonly T[] {
  const places = all.map((_, i) => ({ i, by: random() })).toSorted((a, b) => a.by - b.by);
  const chosen = new Set(places.slice(0, Math.max(0, count)).map(({ i }) => i));
  return all.filter((_, i) => chosen.has(i));
}
