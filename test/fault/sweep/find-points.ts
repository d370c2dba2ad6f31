import type { Bench } from './bench.ts';
import type { Part, PartOptions, Point, PointGroup } from './point.ts';

export interface Wanted extends PartOptions {
  /** Text that an id must contain. */
  readonly match: string;
  /** Only as many as can be tried in this time, at random. */
  readonly seconds: number | null;
}

export interface Found {
  /** With a time limit in random order, else in that of the part. */
  readonly points: readonly Point[];
  /** How many there are; with a time limit an estimate from the groups that were opened. */
  readonly all: number;
}

/** The points of a part that are wanted. Groups are looked into by all benches together. */
export async function findPoints(
  part: Part,
  benches: readonly Bench[],
  wanted: Wanted,
): Promise<Found> {
  const [first] = benches;
  if (first === undefined) return { points: [], all: 0 };
  const { seconds, random } = wanted;
  const offered = (await part.points(first, wanted)).filter((one) => mayBeWanted(one, wanted));
  const groups = offered.filter(isGroup);
  const opened = await openAll(shuffledIf(groups, seconds, random), benches, seconds);
  const inside = [...opened.values()].flat();
  const points = offered.flatMap((one) => (isGroup(one) ? (opened.get(one) ?? []) : [one]));
  const alone = offered.length - groups.length;
  const each = opened.size === 0 ? 0 : inside.length / opened.size;
  const exact = points.filter((one) => isWanted(one, wanted));
  if (seconds === null) return { points: exact, all: exact.length };
  return {
    points: shuffledIf(exact, seconds, random),
    all: Math.round(alone + each * groups.length),
  };
}

/** A third of the time is for looking, the rest for trying. */
async function openAll(
  groups: readonly PointGroup[],
  benches: readonly Bench[],
  seconds: number | null,
): Promise<ReadonlyMap<PointGroup, readonly Point[]>> {
  const opened = new Map<PointGroup, readonly Point[]>();
  const goesOn = until(seconds === null ? null : seconds / 3);
  await inParallel(groups, benches, goesOn, async (group, bench) => {
    const found = await group.points(bench).catch((error: unknown) => [cannotOpen(group, error)]);
    opened.set(group, found);
  });
  return opened;
}

/** One group must not end a sweep of hours. */
function cannotOpen({ id }: PointGroup, error: unknown): Point {
  const violation = { rule: 'the points can be found (harness)', detail: String(error) };
  return { id, run: () => Promise.resolve([violation]) };
}

/** Gives each item to a bench that has nothing to do, as long as `goesOn`. */
export async function inParallel<T>(
  items: readonly T[],
  benches: readonly Bench[],
  goesOn: () => boolean,
  act: (item: T, bench: Bench) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  const work = async (bench: Bench): Promise<void> => {
    while (goesOn()) {
      const next = queue.next();
      if (next.done === true) return;
      await act(next.value, bench);
    }
  };
  await Promise.all(benches.map(work));
}

/** True until `seconds` are over; null: for ever. */
export function until(seconds: number | null): () => boolean {
  const end = seconds === null ? Infinity : performance.now() + seconds * 1000;
  return () => performance.now() < end;
}

function shuffledIf<T>(items: readonly T[], seconds: number | null, random: () => number) {
  if (seconds === null) return items;
  return items
    .map((item) => ({ item, by: random() }))
    .toSorted((a, b) => a.by - b.by)
    .map(({ item }) => item);
}

function isGroup(one: Point | PointGroup): one is PointGroup {
  return 'points' in one;
}

function mayBeWanted(one: Point | PointGroup, wanted: Wanted): boolean {
  if (!isGroup(one)) return isWanted(one, wanted);
  return wanted.only?.startsWith(one.id) ?? true;
}

function isWanted({ id }: Point, { only, match }: Wanted): boolean {
  return only === undefined ? id.includes(match) : id === only;
}
