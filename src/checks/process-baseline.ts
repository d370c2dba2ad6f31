import type { PodRuntime, ProcessInfo, Processes } from '../host/ports.ts';
import type { PodContainer, ProcessCheck } from '../model/check.ts';

type NotedProcess = Pick<ProcessInfo, 'pid' | 'startTime' | 'argv'>;

/** Processes that ran at one moment; JSON-able, so that a journal can keep it for recovery. */
export interface ProcessBaseline {
  readonly processes: readonly NotedProcess[];
  /** Absent in those of earlier versions, and where no check names a pod. */
  readonly pods?: readonly NotedPod[];
}

/** The configurations that a static pod ran with: its uid and config.hash. */
export interface NotedPod {
  /** `namespace/name`, as in its manifest. */
  readonly pod: string;
  readonly hashes: readonly string[];
}

export const EMPTY_BASELINE: ProcessBaseline = { processes: [] };

/**
 * Notes which processes of these checks (`argv` or `replaces`) run now. To be called right before the write. Throws the
 * SetpointError of `Processes.list` when processes cannot be seen.
 */
export async function noteProcesses(
  checks: readonly ProcessCheck[],
  processes: Processes,
  podRuntime?: PodRuntime,
): Promise<ProcessBaseline> {
  const wanted = checks.flatMap((c) =>
    c.replaces === undefined ? [c.argv] : [c.argv, c.replaces],
  );
  if (wanted.length === 0) return EMPTY_BASELINE;
  const running = await processes.list();
  const pods: NotedPod[] = [];
  for (const check of checks) {
    const pod =
      check.replaces === undefined ? null : await notePod(check, running, processes, podRuntime);
    if (pod !== null && !pods.some((known) => known.pod === pod.pod)) pods.push(pod);
  }
  return {
    processes: running
      .filter((p) => wanted.some((argv) => sameArgv(argv, p.argv)))
      .map(({ pid, startTime, argv }) => ({ pid, startTime, argv })),
    ...(pods.length === 0 ? {} : { pods }),
  };
}

/** Only what runs: a pod of a configuration from long ago, still listed, may be the one that comes back. */
async function notePod(
  check: ProcessCheck,
  running: readonly ProcessInfo[],
  processes: Processes,
  podRuntime: PodRuntime | undefined,
): Promise<NotedPod | null> {
  if (check.container === undefined) return null;
  const { namespace, pod } = check.container;
  const own = running.filter(({ argv }) =>
    [check.argv, check.replaces ?? []].some((one) => sameArgv(one, argv)),
  );
  const uids = await Promise.all(own.map(async ({ pid }) => processes.podUid?.(pid)));
  const answer = await podRuntime?.pods(namespace, pod);
  const listed = answer?.known === true ? answer.pods.filter((one) => one.running) : [];
  const hashes = [...uids, ...listed.map(({ hash }) => hash)].filter(
    (hash) => hash !== null && hash !== undefined,
  );
  return hashes.length === 0
    ? null
    : { pod: podKey(check.container), hashes: [...new Set(hashes)] };
}

export function podKey({ namespace, pod }: PodContainer): string {
  return `${namespace}/${pod}`;
}

/**
 * Baseline for the revert phase: of what is noted `now` (right before the old bytes return), only what was not there before
 * the run's write. A process from before the write still runs the old configuration, so it may stay (a consumer that never
 * noticed the write will not restart anything); one that started since runs the new configuration and must go.
 */
export function startedSince(original: ProcessBaseline, now: ProcessBaseline): ProcessBaseline {
  const known = new Set(original.processes.map(processIdentity));
  const processes = now.processes.filter((p) => !known.has(processIdentity(p)));
  const pods = now.pods?.flatMap(({ pod, hashes }) => {
    const before = original.pods?.find((one) => one.pod === pod)?.hashes;
    // Nothing is known of before: what runs now may be just that.
    if (before === undefined) return [];
    return [{ pod, hashes: hashes.filter((hash) => !before.includes(hash)) }];
  });
  return { processes, ...(pods === undefined ? {} : { pods }) };
}

/** pid and start time: unlike the pid alone never reused within a boot. */
export function processIdentity(process: Pick<ProcessInfo, 'pid' | 'startTime'>): string {
  return `${process.pid}:${process.startTime}`;
}

/** Equality of whole argument vectors: a substring test finds wrappers, editors and greps. */
export function sameArgv(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((argument, i) => argument === b[i]);
}
