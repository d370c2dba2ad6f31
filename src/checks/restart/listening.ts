import type { Listener, ProcessInfo, Processes } from '../../host/ports.ts';
import type { CheckContext } from '../context.ts';
import { describeArgv } from '../describe.ts';
import { processIdentity } from '../process-baseline.ts';
import { right, wrong, type Evidence } from './verdict.ts';

type World = Pick<CheckContext, 'processes' | 'baseline'>;

/**
 * Who listens on the ports is the new process, and nobody beside it: with SO_REUSEPORT (--permit-port-sharing of the API server) old
 * and new listen together, and a healthy answer may come from the old one. A child of the process counts (a wrapper starts the
 * component), so does another new process of the same pod (a sidecar that a probe asks).
 */
export async function listening(
  ports: readonly number[],
  fresh: readonly ProcessInfo[],
  all: readonly ProcessInfo[],
  world: World,
): Promise<Evidence> {
  const [first] = fresh;
  const { processes } = world;
  if (ports.length === 0 || first === undefined) return right();
  const listeners = await processes.listeners?.(first.pid);
  if (listeners === undefined) return right();
  if (listeners === null) return right('; who listens cannot be seen');
  const tree = await socketsOf(processes, withChildren(fresh, all));
  if (tree === null) return right('; who listens can be seen by root only');
  for (const port of ports) {
    const sockets = listeners.filter((one) => one.port === port);
    const trouble = await judgePort(port, sockets, tree, fresh, all, world);
    if (trouble !== null) return wrong(trouble);
  }
  return right(`, listens on ${ports.join(', ')}`);
}

async function judgePort(
  port: number,
  sockets: readonly Listener[],
  tree: ReadonlySet<string>,
  fresh: readonly ProcessInfo[],
  all: readonly ProcessInfo[],
  world: World,
): Promise<string | null> {
  if (sockets.length === 0) return `it does not listen on port ${port} yet`;
  let foreign = strangers(sockets, tree);
  if (foreign.length === 0) return null;
  const pod = await samePod(fresh, all, world);
  const own = new Set([...tree, ...((await socketsOf(world.processes, pod)) ?? [])]);
  foreign = strangers(sockets, own);
  const [stranger] = foreign;
  if (stranger === undefined) return null;
  const who = await ownerOf(stranger, all, world.processes);
  return sockets.some(({ inode }) => own.has(inode))
    ? `port ${port} is shared with ${who}: an answer may come from there`
    : `port ${port} is held by ${who}, not by the new process`;
}

/** Sockets of others that get connections meant for ours: all of them where none is ours. */
function strangers(sockets: readonly Listener[], own: ReadonlySet<string>): readonly Listener[] {
  const mine = sockets.filter(({ inode }) => own.has(inode));
  const others = sockets.filter(({ inode }) => !own.has(inode));
  if (mine.length === 0) return others;
  return others.filter((one) => mine.some((ours) => meet(one, ours)));
}

function meet(a: Listener, b: Listener): boolean {
  return a.family === b.family && (a.address === b.address || a.everywhere || b.everywhere);
}

function withChildren(
  roots: readonly ProcessInfo[],
  all: readonly ProcessInfo[],
): readonly ProcessInfo[] {
  const found = new Map(roots.map((one) => [one.pid, one]));
  let before = 0;
  while (before !== found.size) {
    before = found.size;
    for (const one of all) if (found.has(one.ppid)) found.set(one.pid, one);
  }
  return [...found.values()];
}

/** Other processes of the pod, but for those that were noted before the change. */
async function samePod(
  fresh: readonly ProcessInfo[],
  all: readonly ProcessInfo[],
  { processes, baseline }: World,
): Promise<readonly ProcessInfo[]> {
  const uidOf = async ({ pid }: ProcessInfo): Promise<string | null> =>
    (await processes.podUid?.(pid)) ?? null;
  const pods = new Set((await Promise.all(fresh.map(uidOf))).filter((uid) => uid !== null));
  if (pods.size === 0) return [];
  const noted = new Set(baseline.processes.map(processIdentity));
  const found: ProcessInfo[] = [];
  for (const one of all) {
    const uid = await uidOf(one);
    if (uid !== null && pods.has(uid) && !noted.has(processIdentity(one))) found.push(one);
  }
  return found;
}

/** Inodes of the sockets of all of them; null when no process shows them. */
async function socketsOf(
  world: Processes,
  processes: readonly ProcessInfo[],
): Promise<ReadonlySet<string> | null> {
  const seen = await Promise.all(processes.map(async ({ pid }) => world.sockets?.(pid)));
  const known = seen.filter((one) => one !== null && one !== undefined);
  return known.length === 0 ? null : new Set(known.flatMap((one) => [...one]));
}

async function ownerOf(
  { inode }: Listener,
  all: readonly ProcessInfo[],
  world: Processes,
): Promise<string> {
  for (const one of all) {
    const own = await world.sockets?.(one.pid);
    if (own?.has(inode) === true) return `pid ${one.pid} (${describeArgv(one.argv)})`;
  }
  return 'another process';
}
