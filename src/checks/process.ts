import { SetpointError } from '../diagnostics/setpoint-error.ts';
import type { ProcessInfo } from '../host/ports.ts';
import type { Millis } from '../model/brand.ts';
import type { ProcessCheck } from '../model/check.ts';
import type { Answer, Check, CheckContext, Pace } from './context.ts';
import { describeArgv } from './describe.ts';
import { oneLine } from './one-line.ts';
import { processIdentity, sameArgv } from './process-baseline.ts';
import { crashingContainer, exitEvidence } from './restart/exit-evidence.ts';
import { listening } from './restart/listening.ts';
import { podEvidence } from './restart/pod-evidence.ts';

/** A process that dies at once is seldom there when an attempt looks: an attempt that finds none keeps looking for a while. */
const LOOK_AGAIN = 100 as Millis;
const LOOK_FOR_AT_MOST = 1000;
const STARTS_OF_A_CRASH_LOOP = 3;
const ATTEMPTS_WITHOUT_PROCESS = 5;

interface View {
  readonly fresh: readonly ProcessInfo[];
  readonly old: readonly ProcessInfo[];
  readonly all: readonly ProcessInfo[];
}

/**
 * Restart proof: good only when a process with exactly `argv` runs that is not in the baseline, and no
 * process with `replaces` and no noted process of that argv is left. Remembers starts within its gate: one that keeps exiting
 * is fatal. The answer's identity names the processes, so that a restart during settle starts the count again. Where the pod of the
 * process and the owner of its port can be seen, they have to be new, too.
 */
export class RestartProof implements Check {
  readonly #spec: ProcessCheck;
  readonly #context: CheckContext;
  readonly #lookFor: number;
  /** Identity to recorded argv. */
  readonly #baseline: ReadonlyMap<string, readonly string[]>;
  readonly #starts = new Set<string>();
  readonly #startedPids = new Set<number>();
  #endWatch: (() => void) | null = null;
  #without = 0;

  constructor(spec: ProcessCheck, context: CheckContext, pace: Pace) {
    this.#spec = spec;
    this.#context = context;
    this.#lookFor =
      spec.replaces === undefined
        ? 0
        : Math.min(LOOK_FOR_AT_MOST, pace.timeout / 2, (pace.every ?? 0) / 2);
    this.#baseline = new Map(
      context.baseline.processes.map((p) => [processIdentity(p), p.argv] as const),
    );
  }

  async attempt(signal: AbortSignal): Promise<Answer> {
    this.#watch();
    const { clock } = this.#context;
    const until = clock.monotonic() + this.#lookFor;
    try {
      let view = await this.#look();
      while (view.fresh.length === 0 && clock.monotonic() < until) {
        await clock.sleep(LOOK_AGAIN, signal);
        view = await this.#look();
      }
      return await this.#judge(view);
    } catch (error) {
      if (!(error instanceof SetpointError)) throw error;
      const reason = error.diagnostics.map((d) => d.message).join('; ');
      return {
        good: false,
        fatal: true,
        detail: `processes cannot be seen (SP4102): ${reason}; \`restartProof: weak\` does without`,
      };
    }
  }

  close(): void {
    this.#endWatch?.();
    this.#endWatch = null;
  }

  /** Between attempts too: a process that refuses a flag is gone long before the next one looks. */
  #watch(): void {
    const { argv, replaces } = this.#spec;
    if (replaces === undefined || this.#endWatch !== null) return;
    const end = this.#context.processes.watchStarts?.(
      (seen) => sameArgv(seen, argv),
      (started) => this.#note(started),
    );
    this.#endWatch = end ?? null;
  }

  #note(started: ProcessInfo): void {
    // A forked worker shows its parent's argv: not a start of its own.
    if (this.#startedPids.has(started.ppid) || this.#baseline.has(processIdentity(started))) return;
    this.#starts.add(processIdentity(started));
    this.#startedPids.add(started.pid);
  }

  async #look(): Promise<View> {
    const { argv, replaces } = this.#spec;
    // A zombie has an empty argv: it holds nothing any more.
    const all = (await this.#context.processes.list()).filter((p) => p.argv.length > 0);
    const matching = all.filter((p) => sameArgv(p.argv, argv));
    const pids = new Set(matching.map((p) => p.pid));
    const fresh = matching
      // Between fork and exec (and in a forked worker) a child shows its parent's argv: not a start of its own.
      .filter((p) => !pids.has(p.ppid))
      .filter((p) => replaces === undefined || !this.#baseline.has(processIdentity(p)));
    for (const p of fresh) this.#note(p);
    return { fresh, old: replaces === undefined ? [] : this.#old(all, replaces), all };
  }

  #old(all: readonly ProcessInfo[], replaces: readonly string[]): readonly ProcessInfo[] {
    const otherArgv = !sameArgv(replaces, this.#spec.argv);
    return all.filter((p) => {
      const noted = this.#baseline.get(processIdentity(p));
      return (
        (otherArgv && sameArgv(p.argv, replaces)) ||
        (noted !== undefined && sameArgv(noted, replaces))
      );
    });
  }

  async #judge({ fresh, old, all }: View): Promise<Answer> {
    this.#without = fresh.length === 0 && this.#starts.size > 0 ? this.#without + 1 : 0;
    const program = describeArgv(this.#spec.argv);
    const loop = fresh.length === 0 ? await this.#crashLoop(fresh) : this.#loopOfProcesses(fresh);
    if (loop !== null) {
      const why = await exitEvidence(this.#spec, this.#context);
      const detail = `the new process keeps exiting (SP4103): ${loop}: ${program}${why}`;
      return { good: false, fatal: true, detail };
    }
    if (old.length > 0) {
      return { good: false, detail: `the old process still runs (${pids(old)})` };
    }
    if (fresh.length === 0) return { good: false, detail: await this.#missing(all) };
    const pod = await podEvidence(this.#spec, fresh, this.#context);
    const heard =
      pod.wrong === null
        ? await listening(this.#spec.listens ?? [], fresh, all, this.#context)
        : pod;
    if (pod.wrong !== null || heard.wrong !== null) {
      return { good: false, detail: `${program} (${pids(fresh)}): ${pod.wrong ?? heard.wrong}` };
    }
    const identity = fresh.map(processIdentity).sort().join(' ');
    const detail = `runs (${pids(fresh)}${heard.note}): ${program}${pod.note}`;
    return { good: true, identity, detail };
  }

  /** How often it started and exited, once that is a loop; null before. */
  async #crashLoop(fresh: readonly ProcessInfo[]): Promise<string | null> {
    const seen = this.#loopOfProcesses(fresh);
    if (seen !== null) return seen;
    const crashing = await crashingContainer(this.#spec, this.#context);
    return crashing === null ? null : `${crashing.attempt + 1} started and exited`;
  }

  #loopOfProcesses(fresh: readonly ProcessInfo[]): string | null {
    const exited = this.#starts.size - fresh.length;
    const loops =
      (this.#starts.size >= STARTS_OF_A_CRASH_LOOP && exited >= STARTS_OF_A_CRASH_LOOP - 1) ||
      this.#without >= ATTEMPTS_WITHOUT_PROCESS;
    return loops ? `${this.#starts.size} started, ${exited} exited` : null;
  }

  /** Names the nearest miss: one differing argument is the usual reason for waiting in vain. */
  async #missing(all: readonly ProcessInfo[]): Promise<string> {
    const { argv } = this.#spec;
    const unchanged = all.find((p) => sameArgv(p.argv, argv));
    if (unchanged !== undefined) return `not restarted yet (${pids([unchanged])})`;
    const near = all.find((p) => p.argv[0] === argv[0]);
    if (near === undefined) {
      const visible = (await this.#context.processes.visible?.()) ?? 'all';
      const hidden = visible === 'all' ? '' : '; those of other users are hidden (SP4102)';
      return `no process runs ${describeArgv(argv)} (${all.length} processes visible${hidden})`;
    }
    const i = near.argv.findIndex((argument, index) => argument !== argv[index]);
    const at = i === -1 ? near.argv.length : i;
    const [has, wanted] = [near.argv[at] ?? 'nothing', argv[at] ?? 'nothing'];
    return oneLine(
      `${describeArgv([argv[0] ?? ''])} runs (${pids([near])}) with other arguments: has ${has}, expected ${wanted}`,
    );
  }
}

function pids(processes: readonly ProcessInfo[]): string {
  return `pid ${processes.map((p) => p.pid).join(', ')}`;
}
