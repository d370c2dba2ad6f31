/** A disk of 1 MiB that fills up while an apply runs (real short writes), and one without a free byte while recovery runs. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { judgeTold, sideTold } from './error-part.ts';
import { sideOf } from './judge-files.ts';
import type { Violation } from './judge.ts';
import { applyCalls, killApply, nameOf, sideAfter } from './kill-part.ts';
import { choose, type Part, type Point } from './point.ts';
import { STATE, type Mode } from './scenario.ts';
import type { Target } from './system-calls.ts';
import { runPlain } from './traced-process.ts';

/** What lies on the small disk. */
const PLACES = { state: STATE, targets: 'etc', both: '.' } as const;
type Place = keyof typeof PLACES;
/** Bytes free when the apply begins, beyond what it starts with. */
const FREE_KIB = [0, 4, 8, 12, 16, 24, 32, 48, 64, 80, 96, 128, 160, 192, 224, 256];
const SIZE_KIB = 1024;
/** Outer kills in a build, for a recovery on a full disk. */
const KILLS = 12;

export const DISK: Part = {
  name: 'disk',
  missing: mountMissing,
  async points(bench, { full, random }) {
    const places: readonly Place[] = ['state', 'targets', 'both'];
    const modes: readonly Mode[] = ['kept', 'reverted'];
    const filling = places.flatMap((place) =>
      modes.flatMap((mode) => levels(place).map((free) => fillingPoint(place, mode, free))),
    );
    const calls = await applyCalls(bench, 'kept', 'recorded');
    const begun = calls.findIndex(
      ({ name, path }) => name === 'link' && path?.endsWith('.old') === true,
    );
    const kills = calls
      .map((target, i) => ({ target, side: sideAfter('kept', calls, i) }))
      .filter(({ target }, i) => i > begun && !/sync/.test(target.name));
    const chosen = full ? kills : choose(kills, KILLS, random);
    return [...filling, ...chosen.map(({ target, side }) => fullPoint(target, side))];
  },
};

/** The scenario's own workspace is on the disk, too, when everything is. */
function levels(place: Place): readonly number[] {
  return place === 'both' ? FREE_KIB.filter((free) => free >= 12) : FREE_KIB;
}

function mountMissing(): string | null {
  if (process.geteuid?.() !== 0) return 'mounting a small disk needs root';
  const directory = `/tmp/setpoint-sweep-mount-${String(process.pid)}`;
  mkdirSync(directory);
  const mounted = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', directory], { encoding: 'utf8' });
  if (mounted.status === 0) spawnSync('umount', [directory]);
  rmSync(directory, { recursive: true, force: true });
  return mounted.status === 0 ? null : `tmpfs cannot be mounted: ${mounted.stderr.trim()}`;
}

function fillingPoint(place: Place, mode: Mode, freeKib: number): Point {
  return {
    id: `disk:filling:${place}:${mode}:${String(freeKib)}`,
    run: (bench) =>
      onSmallDisk(bench, place, async (root, disk) => {
        fill(disk, freeKib);
        const ended = await runPlain({ script: bench.script, root, action: mode });
        const told = judgeTold(ended, root);
        empty(disk);
        return [...told, ...(await bench.settle(root, { acknowledged: sideTold(ended) }))];
      }),
  };
}

/** Killed, then nothing is free: the files are right all the same, and the record once there is room. */
function fullPoint(target: Target, side: 'old' | 'new'): Point {
  return {
    id: `disk:full:both:kept:${nameOf(target)}`,
    run: (bench) =>
      onSmallDisk(bench, 'both', async (root, disk) => {
        const violations = [...(await killApply(bench, root, 'kept', target))];
        fill(disk, 0);
        await bench.recover(root);
        const found = sideOf(root);
        if (found !== side) {
          const detail = `${found ?? 'mixed'} instead of ${side}`;
          violations.push({ rule: 'recovery needs no free space for files', detail });
        }
        empty(disk);
        return [...violations, ...(await bench.settle(root, { acknowledged: side }))];
      }),
  };
}

async function onSmallDisk(
  bench: Bench,
  place: Place,
  act: (root: string, disk: string) => Promise<readonly Violation[]>,
): Promise<readonly Violation[]> {
  const root = await bench.newRoot('recorded');
  const disk = join(root, PLACES[place]);
  const aside = `${root}.aside`;
  spawnSync('cp', ['-a', disk, aside]);
  mount(disk);
  try {
    spawnSync('cp', ['-a', `${aside}/.`, disk]);
    return await act(root, disk);
  } finally {
    // `-l`: a check that was left behind may stand in it for a moment.
    spawnSync('umount', ['-l', disk]);
    await bench.done(root);
  }
}

function mount(disk: string): void {
  const size = `size=${String(SIZE_KIB)}k,mode=755`;
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', disk], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`mount: ${stderr}`);
}

const BALLAST = '.ballast';

/** Leaves `freeKib` on the disk. */
function fill(disk: string, freeKib: number): void {
  const { bavail, bsize } = statfsSync(disk);
  const bytes = bavail * bsize - freeKib * 1024;
  if (bytes < 0) throw new Error(`only ${String((bavail * bsize) / 1024)} KiB are free on ${disk}`);
  writeFileSync(join(disk, BALLAST), Buffer.alloc(bytes));
}

function empty(disk: string): void {
  rmSync(join(disk, BALLAST), { force: true });
}
