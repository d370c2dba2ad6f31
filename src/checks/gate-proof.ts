import type { Millis } from '../model/brand.ts';
import type { CheckResult, GatePhase, GateSpec } from '../model/check.ts';
import type { Answer, Check } from './context.ts';
import { shortDuration } from './one-line.ts';

/** A host is either healthy before a change or it is not: nobody is helped by a long wait for a refusal. */
const ATTEMPTS_BEFORE = 3;
/** Keeps a gate with `every: 0` from spinning, and its budget from never being used up. */
const SHORTEST_PAUSE = 10;

export type Verdict = 'open' | 'green' | 'red';

/**
 * The counting of one gate in one phase; pure but for its check. `within` limits the time spent on this gate (attempts and
 * pauses): while other gates are waited for its time stands still, unless one is red by then (`sawPass`).
 */
export class GateProof {
  readonly spec: GateSpec;
  readonly phase: GatePhase;
  readonly check: Check;
  /** Good answers in a row that are needed. */
  readonly needed: number;
  attempts = 0;
  consecutive = 0;
  #verdict: Verdict = 'open';
  #used = 0;
  #startedAt: number | null = null;
  #answeredAt = 0;
  #identity: string | undefined;
  #detail = 'not asked';
  #most = 0;
  #state: CheckResult['state'];
  /** The attempt that is made has less than the time of one. */
  #short = false;

  constructor(spec: GateSpec, phase: GatePhase, check: Check) {
    this.spec = spec;
    this.phase = phase;
    this.check = check;
    this.needed = phase === 'before' ? 1 : Math.max(1, spec.successes);
  }

  get pause(): Millis {
    return Math.max(SHORTEST_PAUSE, this.spec.every) as Millis;
  }

  is(verdict: Verdict): boolean {
    return this.#verdict === verdict;
  }

  /** Limit of the next attempt, milliseconds. A gate already proven is only looked at again: its time does not cut that. */
  get limit(): Millis {
    if (this.#verdict === 'green') return this.spec.timeout;
    return Math.max(1, Math.min(this.spec.timeout, this.spec.within - this.#used)) as Millis;
  }

  started(at: number): void {
    this.#startedAt ??= at;
    this.#short = this.limit < this.spec.timeout;
  }

  /** Time spent on this gate. */
  spend(ms: number): void {
    this.#used += ms;
  }

  /**
   * Time that passed for the host while another gate used up its own counts for this one, too. Left is what it needs to be
   * proven when all is well.
   */
  sawPass(ms: number): void {
    const needs = this.needed * this.pause + this.spec.timeout;
    this.#used = Math.max(this.#used, Math.min(ms, this.spec.within - needs));
  }

  /** Takes an answer into account: another identity than at the last good answer is a restart, the count begins again. */
  count(answer: Answer, at: number): void {
    this.attempts += 1;
    this.#answeredAt = at;
    // What the rest of the time left no room for says nothing about the host: the last real answer does.
    const late = !answer.good && answer.late === true;
    if (!late || !this.#short || this.attempts === 1) {
      this.#detail = answer.detail;
      this.#state = answer.good ? undefined : answer.state;
    }
    this.#verdict = 'open';
    if (!answer.good) {
      this.consecutive = 0;
      if (answer.fatal === true) this.#verdict = 'red';
      return;
    }
    const restarted = this.consecutive > 0 && answer.identity !== this.#identity;
    this.#identity = answer.identity;
    this.consecutive = restarted ? 1 : Math.min(this.needed, this.consecutive + 1);
    this.#most = Math.max(this.#most, this.consecutive);
    if (this.consecutive >= this.needed) this.#verdict = 'green';
  }

  /** An interrupted attempt says nothing. */
  reopen(): void {
    this.#verdict = 'open';
  }

  /** Whether another attempt may be made after a pause; turns red when not. */
  mayGoOn(): boolean {
    if (this.phase === 'before' && this.attempts >= ATTEMPTS_BEFORE) {
      this.#verdict = 'red';
      return false;
    }
    if (this.#used + this.pause < this.spec.within) return true;
    this.#verdict = 'red';
    const often = this.needed === 1 ? 'no good answer' : `not ${this.needed} good answers in a row`;
    const most = this.#most > 0 && this.needed > 1 ? ` (at most ${this.#most})` : '';
    this.#detail = `${often} within ${shortDuration(this.spec.within)}${most}; last: ${this.#detail}`;
    return false;
  }

  /** `open` gates (never judged, or interrupted) are `skipped`, for the `reason` given. */
  result(reason: string): CheckResult {
    const open = this.#verdict === 'open';
    return {
      id: this.spec.id,
      phase: this.phase,
      verdict: this.#verdict === 'open' ? 'skipped' : this.#verdict,
      attempts: this.attempts,
      took:
        this.#startedAt === null ? 0 : Math.max(0, Math.round(this.#answeredAt - this.#startedAt)),
      detail: open ? reason : this.#detail,
      ...(this.#verdict === 'red' && this.#state !== undefined ? { state: this.#state } : {}),
    };
  }
}
