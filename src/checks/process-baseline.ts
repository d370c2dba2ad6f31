import type { ProcessInfo, Processes } from '../host/ports.ts';
import type { ProcessCheck } from '../model/check.ts';

type NotedProcess = Pick<ProcessInfo, 'pid' | 'startTime' | 'argv'>;

/** Processes that ran at one moment; JSON-able, so that a journal can keep it for recovery. */
export interface ProcessBaseline {
  readonly processes: readonly NotedProcess[];
}

export const EMPTY_BASELINE: ProcessBaseline = { processes: [] };

/**
 * Notes which processes of these checks (`argv` or `replaces`) run now. To be called right before the write. Throws the
 * SetpointError of `Processes.list` when processes cannot be seen.
 */
export async function noteProcesses(
  checks: readonly ProcessCheck[],
  processes: Processes,
): Promise<ProcessBaseline> {
  const wanted = checks.flatMap((c) =>
    c.replaces === undefined ? [c.argv] : [c.argv, c.replaces],
  );
  if (wanted.length === 0) return EMPTY_BASELINE;
  const running = await processes.list();
  return {
    processes: running
      .filter((p) => wanted.some((argv) => sameArgv(argv, p.argv)))
      .map(({ pid, startTime, argv }) => ({ pid, startTime, argv })),
  };
}

/**
 * Baseline for the revert phase: of what is noted `now` (right before the old bytes return), only what was not there before
 * the run's write. A process from before the write still runs the old configuration, so it may stay (a consumer that never
 * noticed the write will not restart anything); one that started since runs the new configuration and must go.
 */
export function startedSince(original: ProcessBaseline, now: ProcessBaseline): ProcessBaseline {
  const known = new Set(original.processes.map(processIdentity));
  return { processes: now.processes.filter((p) => !known.has(processIdentity(p))) };
}

/** pid and start time: unlike the pid alone never reused within a boot. */
export function processIdentity(process: Pick<ProcessInfo, 'pid' | 'startTime'>): string {
  return `${process.pid}:${process.startTime}`;
}

/** Equality of whole argument vectors: a substring test finds wrappers, editors and greps. */
export function sameArgv(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((argument, i) => argument === b[i]);
}
