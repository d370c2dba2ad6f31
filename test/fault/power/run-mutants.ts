/**
 * `npm run mutants:fault [-- --find] [-- WORD…]`: builds the scripted apply with one fault each and cuts the power where that must
 * show (mutants.ts); the sound build must be green at the same place. `--find` tries every place of the apply instead and prints
 * the red ones. Arguments: words that names of mutants must contain. Exit 1 when a mutant survives or cannot be built.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { buildProcess } from '../sweep/build-process.ts';
import type { Violation } from '../sweep/judge.ts';
import { layoutNamed } from './layouts.ts';
import { FAULT_MUTANTS, type FaultMutant } from './mutants.ts';
import { pointName, type LabelledPoint } from './points.ts';
import { powerMissing, PowerWorker } from './power-worker.ts';
import { Seeds } from './seeds.ts';
import type { Answer } from './worker.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { find: { type: 'boolean', default: false }, times: { type: 'string', default: '1' } },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const missing = powerMissing();
if (missing !== null) {
  say(`skipped: ${missing}`);
  process.exit(process.env['CI'] === 'true' ? 1 : 0);
}

interface Verdict {
  readonly mutant: FaultMutant;
  readonly tried: number;
  readonly red: number;
  /** The first promise that the last cut broke. */
  readonly broke: string;
  /** `seen`: red wherever it was tried, and the sound build is green there. */
  readonly verdict: string;
}

const chosen = FAULT_MUTANTS.filter(({ name }) => positionals.every((word) => name.includes(word)));
const sound = await buildProcess();
const seeds = new Seeds(sound.script);
const workers = Array.from(
  { length: Math.min(availableParallelism(), 4) },
  () => new PowerWorker(),
);
const verdicts: Verdict[] = [];
try {
  const queue = chosen.values();
  await Promise.all(workers.map((worker) => work(queue, worker)));
} finally {
  for (const worker of workers) worker.end();
  seeds.remove();
  sound.remove();
}
const rows = verdicts.map(({ mutant, tried, red, broke, verdict }) => [
  mutant.name,
  `${mutant.layout}/${mutant.start}/${mutant.mode}`,
  `${String(red)} of ${String(tried)}`,
  broke,
  verdict,
]);
const table = [['mutant', 'disks/start/mode', 'red', 'broken promise', 'verdict'], ...rows];
const width = (column: number): number => Math.max(...table.map((row) => row[column]?.length ?? 0));
for (const row of table)
  say(
    row
      .map((cell, i) => cell.padEnd(width(i)))
      .join(' | ')
      .trimEnd(),
  );
const seen = verdicts.filter(({ verdict }) => verdict === 'seen').length;
say(`${String(seen)} of ${String(chosen.length)} mutants seen by a power cut`);
if (seen < chosen.length) process.exitCode = 1;

async function work(queue: Iterator<FaultMutant>, worker: PowerWorker): Promise<void> {
  for (let next = queue.next(); next.done !== true; next = queue.next()) {
    const mutant = next.value;
    const failed = (error: unknown): Verdict => ({
      mutant,
      tried: 0,
      red: 0,
      broke: '',
      verdict: `NOT TRIED: ${error instanceof Error ? error.message : String(error)}`,
    });
    verdicts.push(await judge(mutant, worker).catch(failed));
  }
}

async function judge(mutant: FaultMutant, worker: PowerWorker): Promise<Verdict> {
  const built = await buildProcess(mutant.replacements);
  try {
    const places = await trace(mutant, worker, built.script);
    const wanted = places.filter(({ label }) => mutant.before.test(label));
    const one = mutant.last === true ? wanted.slice(-1) : wanted.slice(0, 1);
    const tried = values.find ? places : repeated(one);
    let red = 0;
    let broke = '';
    for (const place of tried) {
      const violations = await cut(mutant, worker, built.script, place);
      if (violations.length === 0) continue;
      red += 1;
      broke = violations[0]?.rule ?? '';
      if (values.find) tell(place, violations);
    }
    const verdict = await verdictOf(mutant, worker, red, tried, one);
    return { mutant, tried: tried.length, red, broke, verdict };
  } finally {
    built.remove();
  }
}

async function verdictOf(
  mutant: FaultMutant,
  worker: PowerWorker,
  red: number,
  tried: readonly LabelledPoint[],
  [place]: readonly LabelledPoint[],
): Promise<string> {
  if (place === undefined) return `NOT FOUND: no call ${String(mutant.before)}`;
  if (red === 0 || (!values.find && red < tried.length)) return 'SURVIVED';
  const control = await trace(mutant, worker, sound.script);
  const same = control.filter(({ label }) => mutant.before.test(label));
  const where = mutant.last === true ? same.at(-1) : same[0];
  if (where === undefined) return 'CONTROL NOT FOUND';
  const violations = await cut(mutant, worker, sound.script, where);
  if (violations.length === 0) return 'seen';
  return `CONTROL RED: ${violations.map(({ rule, detail }) => `${rule}: ${detail}`).join('; ')}`;
}

function repeated(places: readonly LabelledPoint[]): readonly LabelledPoint[] {
  return Array.from({ length: Number(values.times) }, () => places).flat();
}

function tell({ point, label }: LabelledPoint, violations: readonly Violation[]): void {
  const first = violations[0];
  say(`red: ${pointName(point)} (${label}): ${first?.rule ?? ''}: ${first?.detail ?? ''}`);
}

async function trace(
  { layout: name, start, mode }: FaultMutant,
  worker: PowerWorker,
  script: string,
): Promise<readonly LabelledPoint[]> {
  const layout = layoutNamed(name);
  const seed = await seeds.of(start);
  const answer = await worker.ask({ do: 'trace', script, seed, layout, mode, cut: null });
  return answer.is === 'traced' ? answer.points : refuse(answer);
}

async function cut(
  { layout: name, start, mode, as }: FaultMutant,
  worker: PowerWorker,
  script: string,
  { point }: LabelledPoint,
): Promise<readonly Violation[]> {
  const seed = await seeds.of(start);
  const one = { layout: layoutNamed(name), start, mode, point, inner: null };
  const answer = await worker.ask({ do: 'cut', script, seed, cut: one, as });
  return answer.is === 'judged' ? answer.violations : refuse(answer);
}

function refuse(answer: Answer): never {
  throw new Error(answer.is === 'broken' ? answer.problem : `unexpected answer: ${answer.is}`);
}
