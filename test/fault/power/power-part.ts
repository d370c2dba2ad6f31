/** The power goes before every changing call of an apply and of its recovery, on real file systems; then boot and recovery. */
import type { Bench } from '../sweep/bench.ts';
import type { Violation } from '../sweep/judge.ts';
import {
  choose,
  type Part,
  type PartOptions,
  type Point,
  type PointGroup,
} from '../sweep/point.ts';
import { BOUND, type Mode } from '../sweep/scenario.ts';
import { seeded } from '../sweep/seeded.ts';
import { IN_PLACE, ONE_DISK, TWO_DISKS, layoutNamed, type Layout } from './layouts.ts';
import { parsePoint, pointName, type LabelledPoint, type Point as Place } from './points.ts';
import { powerMissing, PowerWorker } from './power-worker.ts';
import { Seeds } from './seeds.ts';
import type { Cut, PowerStart } from './cut-point.ts';

/** In a build, places tried of each pair that is not tried whole; the place after the result is always one of them. */
const PLACES = 5;
/** Places of the apply after which recovery is cut, too, and how many places of recovery for each. */
const OUTER = 8;
const INNER = 8;
/** Where recovery is cut, also in a build; with `--full` after more places and before every call of it. Elsewhere only with `--full`. */
const NESTED: readonly string[] = [
  'xfs-all/recorded',
  'ext4-data+app:xfs-all/recorded',
  'ext4-all+srv:xfs-all/in-place-page',
];

/** Tried whole also in a build, one pair for each file system: each place of a revert, every second one of a kept run. */
const WHOLE: ReadonlyMap<string, number> = new Map([
  ['ext4-data/recorded/reverted', 1],
  ['xfs-all/recorded/kept', 2],
]);

/** Layouts whose cuts within a write in place are tried in a build, before every call on that file or its mark. */
const WITHIN_WRITE: Readonly<Record<string, readonly string[]>> = {
  'in-place': ['ext4-all+srv:xfs-all'],
  'in-place-page': ['ext4-all+srv:xfs-all', 'xfs-data'],
};

/** The staged new content of that file: its name is the mark. */
const MARK = /\/\.setpoint-stage-\w+\/0\.(?:new|writing|written)/;

interface Scene {
  readonly layout: Layout;
  readonly start: Exclude<PowerStart, 'planted' | 'decided'>;
  readonly mode: Mode;
}

const SCENES: readonly Scene[] = [
  ...[...ONE_DISK, ...TWO_DISKS].flatMap((layout): Scene[] => [
    { layout, start: 'recorded', mode: 'kept' },
    { layout, start: 'recorded', mode: 'reverted' },
    { layout, start: 'fresh', mode: 'kept' },
  ]),
  ...IN_PLACE.flatMap((layout) =>
    (['in-place', 'in-place-page'] as const).flatMap((start): Scene[] => [
      { layout, start, mode: 'kept' },
      { layout, start, mode: 'reverted' },
    ]),
  ),
  ...ONE_DISK.map((layout): Scene => ({ layout, start: 'aside', mode: 'kept' })),
];

const workers = new Map<Bench, PowerWorker>();
const seeds = new Map<string, Seeds>();

export const POWER: Part = {
  name: 'power',
  missing: powerMissing,
  async points(bench, options) {
    if (options.only !== undefined) return [namedPoint(options.only)];
    const found: (Point | PointGroup)[] = [];
    const traced = new Map<string, readonly LabelledPoint[]>();
    for (const scene of SCENES) {
      // The calls are the same on every layout.
      const key = `${scene.start.replace('-page', '')}/${scene.mode}`;
      const places = traced.get(key) ?? (await trace(bench, scene, null));
      traced.set(key, places);
      const tried = placesOf(scene, places, options);
      found.push(...tried.map(({ point }) => powerPoint(scene, point, null)));
      found.push(...nestedGroups(scene, places, options));
    }
    return found;
  },
  close() {
    for (const worker of workers.values()) worker.end();
    for (const made of seeds.values()) made.remove();
    workers.clear();
    seeds.clear();
  },
};

/** Where the power is cut: everywhere, or at some places of a scene. */
function placesOf(
  { layout, start, mode }: Scene,
  places: readonly LabelledPoint[],
  { full, random }: PartOptions,
): readonly LabelledPoint[] {
  const step = full ? 1 : WHOLE.get(`${layout.name}/${start}/${mode}`);
  if (step !== undefined) return places.filter((_, i) => (places.length - 1 - i) % step === 0);
  const within = WITHIN_WRITE[start];
  if (within !== undefined) return within.includes(layout.name) ? withinWrite(start, places) : [];
  if (start === 'aside' && layout.name !== 'xfs-data') return [];
  // The last place, after the result, and others spread at random.
  return [...choose(places.slice(0, -1), PLACES - 1, random), ...places.slice(-1)];
}

/** Before each call on the file or its mark, and what comes after the last of them. A page that lasts only differs within. */
function withinWrite(
  start: PowerStart,
  places: readonly LabelledPoint[],
): readonly LabelledPoint[] {
  const touching = places.filter(({ label }) => label.includes(BOUND.target) || MARK.test(label));
  return start === 'in-place' ? [...touching, ...places.slice(-1)] : touching;
}

/** Two cuts: what recovery does depends on where the first one was. */
function nestedGroups(
  scene: Scene,
  places: readonly LabelledPoint[],
  { full, random }: PartOptions,
): readonly PointGroup[] {
  const { layout, start } = scene;
  const deep = NESTED.includes(`${layout.name}/${start}`);
  if (start === 'fresh' || (!full && (!deep || start !== 'recorded'))) return [];
  const outer = full && deep ? 4 * OUTER : OUTER / 2;
  return choose(places, outer, random).map(({ point }) => {
    const chance = seeded(random() * 2 ** 32);
    return {
      id: `${idOf(scene, point)}/`,
      async points(bench) {
        const inside = await trace(bench, scene, { ...scene, point, inner: null });
        const chosen = full && deep ? inside : choose(inside, INNER, chance);
        return chosen.map((inner) => powerPoint(scene, point, inner.point));
      },
    };
  });
}

function idOf({ layout, start, mode }: Scene, point: Place): string {
  return `power:${layout.name}/${start}/${mode}/${pointName(point)}`;
}

function powerPoint(scene: Scene, point: Place, inner: Place | null): Point {
  const within = inner === null ? '' : `/${pointName(inner)}`;
  return {
    id: `${idOf(scene, point)}${within}`,
    run: (bench) => cutOnce(bench, { ...scene, point, inner }),
  };
}

/** The reverse of {@link powerPoint}. */
function namedPoint(id: string): Point {
  const [layout = '', start, mode = '', point = '', inner] = id.replace('power:', '').split('/');
  const scene = { layout: layoutNamed(layout), start: start as Scene['start'], mode: mode as Mode };
  return powerPoint(scene, parsePoint(point), inner === undefined ? null : parsePoint(inner));
}

/** One power cut (two with `inner`) with the bench's program. Gives what was violated. Rejects when the rig itself fails. */
export async function cutOnce(bench: Bench, cut: Cut): Promise<readonly Violation[]> {
  const seed = await seedOf(bench, cut.start);
  const answer = await workerOf(bench).ask({ do: 'cut', script: bench.script, seed, cut });
  if (answer.is === 'judged') return answer.violations;
  throw new Error(answer.is === 'broken' ? answer.problem : `unexpected answer: ${answer.is}`);
}

async function trace(
  bench: Bench,
  scene: Scene,
  cut: Cut | null,
): Promise<readonly LabelledPoint[]> {
  const seed = await seedOf(bench, scene.start);
  const { layout, mode } = scene;
  const task = { do: 'trace', script: bench.script, seed, layout, mode, cut } as const;
  const answer = await workerOf(bench).ask(task);
  if (answer.is === 'traced') return answer.points;
  throw new Error(answer.is === 'broken' ? answer.problem : `unexpected answer: ${answer.is}`);
}

/** All benches of a sweep have the same program. */
function seedOf({ script }: Bench, start: PowerStart): Promise<string> {
  const known = seeds.get(script) ?? new Seeds(script);
  seeds.set(script, known);
  return known.of(start);
}

function workerOf(bench: Bench): PowerWorker {
  const known = workers.get(bench);
  if (known !== undefined) return known;
  const worker = new PowerWorker();
  workers.set(bench, worker);
  return worker;
}
