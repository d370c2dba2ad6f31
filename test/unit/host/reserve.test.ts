import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decide, type Decision } from '../../../src/apply/journal/decision.ts';
import { createExclusively } from '../../../src/host/durable.ts';
import { createFromReserve, RESERVE, reserveRoom } from '../../../src/host/reserve.ts';
import type { RealPath } from '../../../src/model/brand.ts';
import { mount, mountProblem } from './privileges.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** A tmpfs without a free byte, but for the reserve. */
function fullDisk(): {
  readonly dir: string;
  readonly decision: RealPath;
  readonly reserve: RealPath;
} {
  const disk = temporaryDirectory();
  mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk);
  const dir = join(disk, 'run');
  mkdirSync(dir);
  const reserve = join(dir, 'reserve') as RealPath;
  reserveRoom(reserve);
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, 'filler'), Buffer.alloc(bavail * bsize));
  return { dir, decision: join(dir, 'decision') as RealPath, reserve };
}

const BYTES = Buffer.alloc(5000, 'd');

const REVERT: Decision = {
  formatVersion: 1,
  decision: 'revert',
  reason: 'a gate was red',
  hold: true,
  at: '2026-01-01T00:00:00.000Z',
  commits: [],
  checks: [],
  processes: { processes: [] },
};

test('a reserve that is gone or too small is told, and nothing is created', async () => {
  const path = join(temporaryDirectory(), 'decision');
  expect(await createFromReserve(`${path}-reserve`, path, BYTES)).toBeNull();
  reserveRoom(`${path}-reserve`);
  expect(await createFromReserve(`${path}-reserve`, path, Buffer.alloc(RESERVE + 1))).toBeNull();
  expect(existsSync(path)).toBe(false);
});

test('a reserve loses to a file that is there, and is used up', async () => {
  const dir = temporaryDirectory();
  const path = join(dir, 'decision');
  writeFileSync(path, 'first');
  reserveRoom(join(dir, 'reserve'));
  expect(await createFromReserve(join(dir, 'reserve'), path, BYTES)).toBe(false);
  expect(readFileSync(path, 'utf8')).toBe('first');
  expect(readdirSync(dir)).toEqual(['decision']);
});

describe.skipIf(mountProblem)('on a full disk (needs root: mounts a 64 KiB tmpfs)', () => {
  test('what was reserved holds a file that could not be created otherwise', async () => {
    const { dir, decision, reserve } = fullDisk();
    await expect(createExclusively(decision, BYTES, 0o600)).rejects.toThrow(/SP6010/);
    expect(await createFromReserve(reserve, decision, BYTES)).toBe(true);
    expect(readFileSync(decision).equals(BYTES)).toBe(true);
    expect(readdirSync(dir)).toEqual(['decision']);
  });

  test('a revert is decided with its reason, a keep is not', async () => {
    const folder = fullDisk();
    await expect(decide(folder, { ...REVERT, decision: 'keep' })).rejects.toThrow(/SP6010/);
    expect(await decide(folder, REVERT)).toEqual(REVERT);
    expect(JSON.parse(readFileSync(folder.decision, 'utf8'))).toEqual(REVERT);
  });

  test('of a decision that is longer than the reserve the reason and the hold stay', async () => {
    const folder = fullDisk();
    const check = { id: 'g', phase: 'after', verdict: 'red', detail: 'x'.repeat(RESERVE) };
    await decide(folder, { ...REVERT, checks: [check] } as unknown as Decision);
    expect(JSON.parse(readFileSync(folder.decision, 'utf8'))).toEqual(REVERT);
  });
});
