/** The power goes before every changing call of an apply and of its recovery, on real file systems; then boot and recovery. */
import type { Bench, Start } from '../sweep/bench.ts';
import type { Violation } from '../sweep/judge.ts';
import { choose, type Part, type PartOptions, type Point } from '../sweep/point.ts';
import type { Mode } from '../sweep/scenario.ts';
import { ONE_DISK, TWO_DISKS, layoutNamed, type Layout } from './layouts.ts';
import { parsePoint, pointName, type Point as Place } from './points.ts';
import { powerMissing, PowerWorker } from './power-worker.ts';
import { Seeds } from './seeds.ts';
import type { Cut } from './cut-point.ts';

/** In a build, places tried of each pair that is not tried whole; the place after the result is always one of them. */
const PLACES = 5;
/** Places of the apply after which recovery is cut, too, and how many places of recovery for each. */
const OUTER = 8;
const INNER = 8;

/** Tried whole also in a build, one pair for each file system: each place of a revert, every second one of a kept run. */
const WHOLE: ReadonlyMap<string, number> = new Map([
  ['ext4-data/recorded/reverted', 1],
  ['xfs-all/recorded/kept', 2],
]);

interface Scene {
  readonly layout: Layout;
  readonly start: Start;
  readonly mode: Mode;
}

const SCENES: readonly Scene[] = [...ONE_DISK, ...TWO_DISKS].flatMap((layout): Scene[] => [
  { layout, start: 'recorded', mode: 'kept' },
  { layout, start: 'recorded', mode: 'reverted' },
  { layout, start: 'fresh', mode: 'kept' },
]);

const workers = new Map<Bench, PowerWorker>();
const seeds = new Map<string, Seeds>();

export const POWER: Part = {
  name: 'power',
  missing: powerMissing,
  async points(bench, options) {
    if (options.only !== undefined) return [namedPoint(options.only)];
    const points: Point[] = [];
    const traced = new Map<string, readonly Place[]>();
    for (const scene of SCENES) {
      // The calls are the same on every layout.
      const key = `${scene.start}/${scene.mode}`;
      const places = traced.get(key) ?? (await trace(bench, scene, null));
      traced.set(key, places);
      const step = options.full ? 1 : WHOLE.get(`${scene.layout.name}/${key}`);
      const tried =
        step === undefined
          ? some(places, PLACES, options)
          : places.filter((_, i) => (places.length - 1 - i) % step === 0);
      points.push(...tried.map((place) => powerPoint(scene, place, null)));
      points.push(...(await nestedPoints(bench, scene, places, options)));
    }
    return points;
  },
  close() {
    for (const worker of workers.values()) worker.end();
    for (const made of seeds.values()) made.remove();
    workers.clear();
    seeds.clear();
  },
};

/** The last place, after the result, and others spread at random. */
function some(places: readonly Place[], count: number, { random }: PartOptions): readonly Place[] {
  return [...choose(places.slice(0, -1), count - 1, random), ...places.slice(-1)];
}

/** Two cuts: what recovery does depends on where the first one was. */
async function nestedPoints(
  bench: Bench,
  scene: Scene,
  places: readonly Place[],
  { full, random }: PartOptions,
): Promise<readonly Point[]> {
  const nested =
    full || scene.layout.name === 'xfs-all' || scene.layout.name === 'ext4-data+app:xfs-all';
  if (!nested || scene.start === 'fresh') return [];
  const points: Point[] = [];
  for (const place of choose(places, full ? 4 * OUTER : OUTER / 2, random)) {
    const { layout, mode, start } = scene;
    const inside = await trace(bench, scene, { layout, mode, point: place, inner: null });
    const chosen = full ? inside : choose(inside, INNER, random);
    points.push(...chosen.map((inner) => powerPoint({ layout, mode, start }, place, inner)));
  }
  return points;
}

function powerPoint({ layout, start, mode }: Scene, point: Place, inner: Place | null): Point {
  const within = inner === null ? '' : `/${pointName(inner)}`;
  return {
    id: `power:${layout.name}/${start}/${mode}/${pointName(point)}${within}`,
    run: (bench) => cutOnce(bench, start, { layout, mode, point, inner }),
  };
}

/** The reverse of {@link powerPoint}. */
function namedPoint(id: string): Point {
  const [layout = '', start, mode = '', point = '', inner] = id.replace('power:', '').split('/');
  const scene = { layout: layoutNamed(layout), start: start as Start, mode: mode as Mode };
  return powerPoint(scene, parsePoint(point), inner === undefined ? null : parsePoint(inner));
}

/** One power cut (two with `inner`) with the bench's program. Gives what was violated. Rejects when the rig itself fails. */
export async function cutOnce(bench: Bench, start: Start, cut: Cut): Promise<readonly Violation[]> {
  const seed = await seedOf(bench, start);
  const answer = await workerOf(bench).ask({ do: 'cut', script: bench.script, seed, cut });
  if (answer.is === 'judged') return answer.violations;
  throw new Error(answer.is === 'broken' ? answer.problem : `unexpected answer: ${answer.is}`);
}

async function trace(bench: Bench, scene: Scene, cut: Cut | null): Promise<readonly Place[]> {
  const seed = await seedOf(bench, scene.start);
  const { layout, mode } = scene;
  const task = { do: 'trace', script: bench.script, seed, layout, mode, cut } as const;
  const answer = await workerOf(bench).ask(task);
  if (answer.is === 'traced') return answer.points.map(({ point }) => point);
  throw new Error(answer.is === 'broken' ? answer.problem : `unexpected answer: ${answer.is}`);
}

/** All benches of a sweep have the same program. */
function seedOf({ script }: Bench, start: Start): Promise<string> {
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
