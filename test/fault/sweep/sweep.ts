/**
 * Kills, fails and starves a scripted apply at every place, recovers and judges: `npm run test:fault -- [--full] [--only PART]
 * [--jobs N] [--point ID] [--seed N] [--match TEXT] [--minutes N] [--mutant FILE]`. `--match`: only points whose id has the text.
 * `--minutes`: what can be tried in that time of each part, at random by the seed, and how long all of them would take. `--mutant`:
 * a JSON list of replacements made in the sources first (build-process.ts). Exit 1 on a violation, and in CI when a part cannot be
 * tried. The last line counts.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { POWER } from '../power/power-part.ts';
import { openBench, type Bench } from './bench.ts';
import { buildProcess, type Replacement } from './build-process.ts';
import { DISK } from './disk-part.ts';
import { ERROR } from './error-part.ts';
import { findPoints, inParallel, until } from './find-points.ts';
import { GIT } from './git-part.ts';
import { GUARDIAN } from './guardian-part.ts';
import { KILL } from './kill-part.ts';
import { LIBRARY } from './library-part.ts';
import type { Part, Point } from './point.ts';
import { RACE } from './race-part.ts';
import { RECOVERY } from './recovery-part.ts';
import { seeded } from './seeded.ts';

const PARTS: readonly Part[] = [KILL, GUARDIAN, RECOVERY, GIT, ERROR, DISK, RACE, LIBRARY, POWER];

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    jobs: { type: 'string', default: String(Math.min(availableParallelism(), 8)) },
    point: { type: 'string' },
    seed: { type: 'string', default: '1' },
    match: { type: 'string' },
    minutes: { type: 'string' },
    mutant: { type: 'string' },
  },
});
const full = values.full || values.point !== undefined;
const wanted = values.point?.split(':')[0] ?? values.only;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  violations: number;
}
const tally: Tally = { passed: 0, failed: 0, skipped: 0, violations: 0 };

const mutant = values.mutant === undefined ? '[]' : readFileSync(values.mutant, 'utf8');
const built = await buildProcess(JSON.parse(mutant) as Replacement[]);
try {
  for (const part of PARTS) {
    if (wanted !== undefined && part.name !== wanted) continue;
    const missing = part.missing();
    if (missing === null) await sweep(part);
    else {
      tally.skipped += 1;
      say(`${part.name}: skipped, ${missing}`);
    }
  }
} finally {
  built.remove();
}
const tried = tally.passed + tally.failed;
say('');
say(`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
say(`${tried} points tried, ${tally.violations} violations`);
const skippedInCi = process.env['CI'] === 'true' && tally.skipped > 0;
if (tally.failed > 0 || skippedInCi || tried === 0) process.exitCode = 1;

async function sweep(part: Part): Promise<void> {
  const started = performance.now();
  const keep = values.point !== undefined;
  const benches = Array.from({ length: keep ? 1 : Math.max(1, Number(values.jobs)) }, () =>
    openBench(built.script, keep),
  );
  const seconds = values.minutes === undefined ? null : Number(values.minutes) * 60;
  const goesOn = until(seconds);
  try {
    const random = seeded(Number(values.seed));
    const wanted = { full, random, only: values.point, match: values.match ?? '', seconds };
    const { points, all } = await findPoints(part, benches, wanted);
    const found = (performance.now() - started) / 1000;
    const before = { ...tally };
    await inParallel(points, benches, goesOn, attempt);
    const took = (performance.now() - started) / 1000;
    const tried = tally.passed + tally.failed - before.passed - before.failed;
    const rate = tried / (took - found);
    const count = seconds === null ? '' : ` of about ${String(all)}, all take ${hours(all / rate)}`;
    say(
      `${part.name}: ${String(tried)} points${count}, ${String(tally.failed - before.failed)} failed, ${took.toFixed(0)} s (${rate.toFixed(1)}/s)`,
    );
  } finally {
    part.close?.();
    for (const bench of benches) bench.close();
  }
}

function hours(seconds: number): string {
  return seconds < 5400 ? `${(seconds / 60).toFixed(0)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

async function attempt(point: Point, bench: Bench): Promise<void> {
  const violations = await point
    .run(bench)
    .catch((error: unknown) => [
      { rule: 'the point can be tried (harness)', detail: String(error) },
    ]);
  if (violations.length === 0) {
    tally.passed += 1;
    return;
  }
  tally.failed += 1;
  tally.violations += violations.length;
  say(`VIOLATION at ${point.id}`);
  for (const { rule, detail } of violations) say(`  ${rule}: ${detail}`);
  say(`  repeat: npm run test:fault -- --point '${point.id}' --seed ${values.seed}`);
}
