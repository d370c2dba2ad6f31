import { lstatSync } from 'node:fs';
import { changeObserved } from '../../checks/restart/change-observed.ts';
import type { Millis } from '../../model/brand.ts';
import type { CheckSpec, ProcessCheck } from '../../model/check.ts';
import type { ActionResult } from '../machine/actions.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';
import type { JournalFile } from '../journal/journal.ts';
import { readLive, standing } from '../files/live-file.ts';
import { replacedPods, type Observable } from './replaced-pods.ts';
import { noteBeforeRevert } from './run-checks.ts';

/** The kubelet looks at all its files every 20 s (fileCheckFrequency), whatever became of the event; and some time to act. */
export const OBSERVED_WITHIN = 25_000;
const LOOK_AGAIN = 500 as Millis;

interface Unobserved extends Observable {
  readonly file: JournalFile;
}

/**
 * Before old files return: whoever runs a static pod has acted on the new file, or had the time for it. Two changes in a row reach
 * the kubelet as one, and an identical pod that comes back while its end is under way has the same uid: the kubelet has a
 * history of mishandling that (k/k#104648, #107733). Never interrupted, never in the way of a revert.
 */
export async function awaitObserved(run: OpenRun): Promise<ActionResult> {
  const { clock } = run.context.host;
  const open = run.header.offline ? [] : await unobserved(run);
  const until = clock.monotonic() + Math.max(0, ...open.map(({ file }) => timeLeft(run, file)));
  let waited = false;
  while (clock.monotonic() < until && !(await allObserved(run, open))) {
    if (!waited) tell(run, until - clock.monotonic());
    waited = true;
    await clock.sleep(LOOK_AGAIN);
  }
  // What started meanwhile has the configuration that must go.
  if (waited && run.decision !== null) {
    run.decision = { ...run.decision, processes: await noteBeforeRevert(run) };
  }
  return { is: 'done' };
}

/** Static pods whose new file is in place now, whatever gates they have. */
async function unobserved(run: OpenRun): Promise<readonly Unobserved[]> {
  const { steps, files, processes } = committed(run);
  const open: Unobserved[] = [];
  for (const { path, gates } of steps.slice(0, run.begunSteps)) {
    const file = files.find((one) => one.path === path);
    if (file === undefined || !isInPlace(file) || timeLeft(run, file) === 0) continue;
    const checks = gates.map(({ check }) => check).filter(seesReplacement);
    const seen =
      checks.length > 0 ? { checks, baseline: processes } : await replacedPods(run, file);
    if (seen !== null) open.push({ file, ...seen });
  }
  return open;
}

function seesReplacement(check: CheckSpec): check is ProcessCheck {
  return check.kind === 'process' && check.container !== undefined && check.replaces !== undefined;
}

function isInPlace(file: JournalFile): boolean {
  try {
    return standing(readLive(file.realPath), file) === 'after';
  } catch {
    // Whatever keeps it from being read: the restore says so.
    return false;
  }
}

/** Milliseconds until the kubelet must have seen the file: a rename sets the change time of its inode. */
function timeLeft({ context }: OpenRun, { realPath }: JournalFile): number {
  const stats = lstatSync(realPath, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  const age = context.host.clock.now().getTime() - stats.ctimeMs;
  // A clock that was set back must not make anybody wait longer.
  return Math.min(OBSERVED_WITHIN, Math.max(0, OBSERVED_WITHIN - age));
}

async function allObserved(run: OpenRun, open: readonly Unobserved[]): Promise<boolean> {
  const { processes, podRuntime } = run.context.host;
  try {
    for (const { checks, baseline } of open) {
      const world = { processes, podRuntime, baseline };
      for (const check of checks) if (!(await changeObserved(check, world))) return false;
    }
    return true;
  } catch {
    // Processes that cannot be seen: the time it may take is all that is known. The gates tell about it.
    return false;
  }
}

function tell({ context, header }: OpenRun, upTo: number): void {
  context.listener({ type: 'revert-waits', run: header.run, upTo: Math.ceil(upTo) as Millis });
}
