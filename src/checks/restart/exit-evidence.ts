import type { RuntimeContainer } from '../../host/ports.ts';
import type { ProcessCheck } from '../../model/check.ts';
import type { CheckContext } from '../context.ts';
import { oneLine } from '../one-line.ts';
import { lastLogLines } from './container-log.ts';
import { askRuntime, goneHashes } from './pod-evidence.ts';

type World = Pick<CheckContext, 'root' | 'podRuntime' | 'baseline'>;

/** How often a container has started when it is told to be in a crash loop: its first start is attempt 0. */
const ATTEMPT_OF_A_CRASH_LOOP = 2;

/** Why the new container ended, for people: attempt, exit code, reason, last words. Empty where nobody knows. */
export async function exitEvidence(check: ProcessCheck, world: World): Promise<string> {
  if (check.container === undefined) return '';
  const ended = await exitedContainer(check, world);
  const exit = ended === null ? null : (ended.exit ?? (await world.podRuntime?.exitOf(ended)));
  const how =
    ended === null || exit === null || exit === undefined
      ? ''
      : `; attempt ${ended.attempt} exited ${exit.code}${exit.reason === '' ? '' : ` (${exit.reason})`}`;
  const said = ended === null ? [] : ((await world.podRuntime?.lastLines(ended)) ?? []);
  const lines =
    said.length > 0
      ? said
      : await lastLogLines(world.root, check.container, goneHashes(check, world));
  const words = lines.map((line) => oneLine(line)).join(' | ');
  return words === '' ? how : `${how}; its log ends: ${oneLine(words, 500)}`;
}

/** The container of the new configuration that keeps exiting, as its runtime counts; null when it does not, or nobody knows. */
export async function crashingContainer(
  check: ProcessCheck,
  world: World,
): Promise<RuntimeContainer | null> {
  const ended = check.replaces === undefined ? null : await exitedContainer(check, world);
  return ended !== null && ended.attempt >= ATTEMPT_OF_A_CRASH_LOOP ? ended : null;
}

async function exitedContainer(
  check: ProcessCheck,
  world: World,
): Promise<RuntimeContainer | null> {
  const answer = await askRuntime(check, world);
  if (answer === null || !answer.known) return null;
  const gone = goneHashes(check, world);
  // Without a hash from before, an exited container may be one of the old pod.
  if (gone.length === 0) return null;
  const [newest] = answer.pods.filter(({ hash }) => hash !== null && !gone.includes(hash));
  const own = newest?.containers.filter(({ name }) => name === check.container?.container) ?? [];
  if (own.some(({ state }) => state === 'running')) return null;
  return (
    own.toSorted((a, b) => b.attempt - a.attempt).find(({ state }) => state === 'exited') ?? null
  );
}
