import type { PodRuntime, Processes } from '../../host/ports.ts';
import type { ProcessCheck } from '../../model/check.ts';
import { processIdentity, sameArgv, type ProcessBaseline } from '../process-baseline.ts';
import { askRuntime, goneHashes } from './pod-evidence.ts';

interface World {
  readonly processes: Pick<Processes, 'list'>;
  readonly podRuntime?: PodRuntime | undefined;
  /** Before the write. */
  readonly baseline: ProcessBaseline;
}

/**
 * Whether whoever runs the pod has acted on the new file: a process with the new arguments has started, the noted old ones are gone,
 * or the runtime has a pod of another configuration. Rejects when processes cannot be seen.
 */
export async function changeObserved(check: ProcessCheck, world: World): Promise<boolean> {
  const { argv, replaces } = check;
  if (replaces === undefined) return true;
  const running = await world.processes.list();
  const noted = new Set(world.baseline.processes.map(processIdentity));
  const started = running.some(
    (one) => sameArgv(one.argv, argv) && !noted.has(processIdentity(one)),
  );
  if (started) return true;
  const old = new Set(
    world.baseline.processes.filter((one) => sameArgv(one.argv, replaces)).map(processIdentity),
  );
  if (old.size > 0 && !running.some((one) => old.has(processIdentity(one)))) return true;
  const gone = goneHashes(check, world);
  const answer = gone.length === 0 ? null : await askRuntime(check, world);
  if (answer === null || !answer.known) return false;
  return answer.pods.some(
    ({ hash, running: runs }) => runs && hash !== null && !gone.includes(hash),
  );
}
