import type { ProcessInfo, RuntimeAnswer } from '../../host/ports.ts';
import type { ProcessCheck } from '../../model/check.ts';
import type { CheckContext } from '../context.ts';
import { podKey } from '../process-baseline.ts';
import { right, wrong, type Evidence } from './verdict.ts';

type World = Pick<CheckContext, 'processes' | 'podRuntime' | 'baseline'>;

/** Configurations that must not run any more: uids and config hashes, which are the same for a static pod without a uid of its own. */
export function goneHashes(
  check: ProcessCheck,
  { baseline }: Pick<World, 'baseline'>,
): readonly string[] {
  if (check.container === undefined) return [];
  const key = podKey(check.container);
  return baseline.pods?.find(({ pod }) => pod === key)?.hashes ?? [];
}

/** Whether anything is known, or to be asked, about the pod: nothing where neither a restart nor a revert is judged. */
function concerned(check: ProcessCheck, gone: readonly string[]): boolean {
  return check.container !== undefined && (check.replaces !== undefined || gone.length > 0);
}

/**
 * The pod of the new process is another one than before: by its cgroup, and by the config.hash of whoever runs pods. Where that is
 * known it decides: the same arguments in the old pod are a restart of the old configuration.
 */
export async function podEvidence(
  check: ProcessCheck,
  fresh: readonly ProcessInfo[],
  world: World,
): Promise<Evidence> {
  const gone = goneHashes(check, world);
  if (!concerned(check, gone)) return right();
  const uids = await Promise.all(fresh.map(async ({ pid }) => world.processes.podUid?.(pid)));
  const known = uids.filter((uid) => uid !== null && uid !== undefined);
  if (known.length > 0 && known.every((uid) => gone.includes(uid))) {
    return wrong(`it runs in pod ${short(known[0] ?? '')}, the one of the other configuration`);
  }
  const answer = await askRuntime(check, world);
  return answer === null ? right() : hashEvidence(answer, gone);
}

/** What the runtime says about the pod of the check; null where there is nobody to ask. */
export async function askRuntime(
  { container }: ProcessCheck,
  { podRuntime }: Pick<World, 'podRuntime'>,
): Promise<RuntimeAnswer | null> {
  if (container === undefined || podRuntime === undefined) return null;
  return podRuntime.pods(container.namespace, container.pod);
}

function hashEvidence(answer: RuntimeAnswer, gone: readonly string[]): Evidence {
  if (!answer.known) return right(`; proved by the process alone (${answer.reason})`);
  const { from, pods } = answer;
  if (pods.length === 0) return right(`; proved by the process alone (${from} knows no such pod)`);
  const running = pods.filter((pod) => pod.running).flatMap(({ hash }) => hash ?? []);
  const now = running.filter((hash) => !gone.includes(hash));
  const [newest] = now;
  if (newest !== undefined) return right(`, config.hash ${short(newest)} (${from})`);
  if (gone.length === 0) return right();
  const [still] = running;
  return wrong(
    still === undefined
      ? `${from} says that its pod does not run`
      : `${from} says that the pod still has the other configuration (config.hash ${short(still)})`,
  );
}

function short(hash: string): string {
  return hash.slice(0, 12);
}
