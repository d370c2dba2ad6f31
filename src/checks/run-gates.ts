import type { RunId } from '../model/brand.ts';
import type { CheckResult, GatePhase, GateSpec } from '../model/check.ts';
import type { RunEventListener } from '../model/run-event.ts';
import { ask, pause } from './ask.ts';
import type { CheckContext } from './context.ts';
import { createCheck } from './create-check.ts';
import { GateProof } from './gate-proof.ts';

export interface GatesResult {
  readonly verdict: 'green' | 'red' | 'aborted';
  /** One for every gate of the phase, in their order. */
  readonly results: readonly CheckResult[];
}

/** Who the events belong to, and who hears them. */
export interface GateRun {
  readonly run: RunId;
  readonly listener: RunEventListener;
}

/**
 * Judges the gates of one phase, in order. A gate is green after `successes` consecutive good answers, `every` apart, within
 * `within` of time spent on it; a fatal answer makes it red at once. When each is green they are proven together: one more
 * attempt of each, and whichever is bad is waited for again in what is left of its time. `before` asks at most three times for
 * one good answer. The first red ends the phase `after`; `before` and `revert` judge every gate, because their verdicts are
 * compared (`atLeastAsGood`), but those behind a red one had its time as well: a person is not waited for once for every gate. Emits gate-phase-started, gate-attempt, and one gate-finished per gate with its final verdict.
 */
export async function runGates(
  gates: readonly GateSpec[],
  phase: GatePhase,
  context: CheckContext,
  { run, listener }: GateRun,
): Promise<GatesResult> {
  const specs = gates.filter((gate) => gate.phases.includes(phase));
  if (specs.length === 0) return { verdict: 'green', results: [] };
  listener({ type: 'gate-phase-started', run, phase, gates: specs.map((spec) => spec.id) });
  const proofs = specs.map((spec) => {
    return new GateProof(spec, phase, createCheck(spec.check, context, spec));
  });
  const round: Round = { proofs, context, run, listener, stopAtRed: phase === 'after' };
  try {
    await proveInOrder(round);
    if (phase !== 'before' && proofs.length > 1) await proveTogether(round);
  } finally {
    for (const proof of proofs) proof.check.close?.();
  }

  const { aborted } = context.signal;
  const reason = aborted ? 'interrupted before a verdict' : 'skipped: another gate is red';
  const results = proofs.map((proof) => proof.result(reason));
  for (const result of results) listener({ type: 'gate-finished', run, result });
  if (aborted) return { verdict: 'aborted', results };
  return { verdict: proofs.every((p) => p.is('green')) ? 'green' : 'red', results };
}

interface Round extends GateRun {
  readonly proofs: readonly GateProof[];
  readonly context: CheckContext;
  readonly stopAtRed: boolean;
}

async function proveInOrder(round: Round): Promise<void> {
  const { clock } = round.context;
  const begun = clock.monotonic();
  for (const proof of round.proofs) {
    if (over(round)) return;
    if (round.proofs.some((one) => one.is('red'))) proof.sawPass(clock.monotonic() - begun);
    if (proof.is('open')) await prove(proof, round);
  }
}

/** Ends, because each bad answer costs its gate at least a pause of its time. */
async function proveTogether(round: Round): Promise<void> {
  let proven = false;
  while (!proven) {
    proven = true;
    for (const proof of round.proofs) {
      if (over(round)) return;
      if (proof.is('red')) continue;
      if (proof.is('green')) await attempt(proof, round);
      if (proof.is('green')) continue;
      proven = false;
      await prove(proof, round);
    }
  }
}

/** Asks until the gate is green or red, or the round is over. */
async function prove(proof: GateProof, round: Round): Promise<void> {
  const { context } = round;
  while (proof.is('open') && !over(round)) {
    if (proof.attempts > 0) {
      if (!proof.mayGoOn()) return;
      const paused = context.clock.monotonic();
      if (!(await pause(context.clock, proof.pause, context.signal))) return;
      proof.spend(context.clock.monotonic() - paused);
    }
    await attempt(proof, round);
    if (proof.consecutive === 0) await watchProcesses(proof, round);
  }
}

/**
 * While this gate is not good, looks at the processes that were proven before it: one that starts and exits again and again
 * makes waiting for its endpoint pointless. Any other change for the worse is left to `proveTogether`.
 */
async function watchProcesses(waiting: GateProof, round: Round): Promise<void> {
  if (waiting.phase === 'before') return;
  for (const proof of round.proofs) {
    if (proof === waiting || proof.attempts === 0 || proof.is('red')) continue;
    if (proof.spec.check.kind === 'process') await attempt(proof, round);
  }
}

async function attempt(proof: GateProof, round: Round): Promise<void> {
  const { context, run, listener } = round;
  const started = context.clock.monotonic();
  proof.started(started);
  const answer = await ask(proof.check, proof.limit, context.clock, context.signal);
  proof.spend(context.clock.monotonic() - started);
  if (answer === 'aborted') {
    proof.reopen();
    return;
  }
  proof.count(answer, context.clock.monotonic());
  listener({
    type: 'gate-attempt',
    run,
    phase: proof.phase,
    id: proof.spec.id,
    attempt: proof.attempts,
    good: answer.good,
    consecutive: proof.consecutive,
    needed: proof.needed,
    detail: answer.detail,
  });
}

function over({ proofs, context, stopAtRed }: Round): boolean {
  return context.signal.aborted || (stopAtRed && proofs.some((proof) => proof.is('red')));
}
