import { blockedFiles } from '../../apply/journal/blocked-files.ts';
import type { RunHeader } from '../../apply/journal/journal.ts';
import { transact, type TransactedFile } from '../../apply/run/transact.ts';
import { changedMeanwhile } from '../../apply/files/write-one.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { HeldLock } from '../../host/ports.ts';
import { resolvePath } from '../../host/resolve-path.ts';
import { newRunId } from '../../host/run-id.ts';
import type { HostPath, WorkspacePath } from '../../model/brand.ts';
import { digestOf } from '../../model/canonical-json.ts';
import { LIBRARY_PLAN, LIBRARY_WORKSPACE } from '../../model/library-run.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import { EXIT } from '../../model/outcome.ts';
import { openState } from '../open-state.ts';
import { settleLeftovers, type Settled } from '../running/settle-leftovers.ts';
import { underRunLock } from '../running/under-run-lock.ts';
import type { Session } from '../session.ts';
import { TOOL_VERSION } from '../tool-version.ts';
import { judgeWish, refuseAll } from './judge-wish.ts';
import { placeRefusals } from './place-refusals.ts';
import { resultOf, type TransactionResult } from './transaction-result.ts';
import { collisions, contradiction, type Wish } from './wish.ts';
import { plannedFiles } from './planned-files.ts';

const QUIET = { listener: () => undefined, signal: new AbortController().signal };

/** Under the run lock and the locks of all paths; journalled, so that whoever comes next finishes what a kill cuts off. */
export function writeTogether(
  session: Session,
  wishes: readonly Wish[],
): Promise<TransactionResult> {
  const { host, options } = session;
  return underRunLock(session, 'transaction', async (lock) => {
    const recovered = await settleLeftovers(session, lock, QUIET);
    if (recovered !== null) throw notBegun(recovered);
    const places = wishes.map(({ path }) => resolvePath(host.root.dir, path).path);
    const problems = collisions(places);
    if (problems.length > 0) throw contradiction(problems);
    refuseAll(blockedPlaces(session, places));
    const held = await host.pathLocks.acquire(places, options.lockTimeout);
    try {
      const found = new Map<HostPath, ObservedFile>();
      for (const { path } of wishes) found.set(path, await host.root.observe(path));
      requirePlaces(wishes, places, found);
      return await write(session, lock, wishes, found);
    } finally {
      held.release();
    }
  });
}

async function write(
  session: Session,
  lock: HeldLock,
  wishes: readonly Wish[],
  found: ReadonlyMap<HostPath, ObservedFile>,
): Promise<TransactionResult> {
  const judged = wishes.flatMap((wish) => judgeWish(wish, seen(found, wish.path)));
  refuseAll([...judged, ...(await placeRefusals(session.host, [...found.values()]))]);
  const planned = plannedFiles(wishes, found);
  const writes = planned.filter(({ changes }) => changes);
  if (writes.length === 0) return resultOf(planned, null);
  const { listener, signal } = QUIET;
  const { host } = session;
  const state = openState(session, lock);
  const context = { host, state, listener, signal, lock, toolVersion: TOOL_VERSION };
  return resultOf(planned, await transact(context, headerOf(session, writes), writes));
}

/** A path may lead elsewhere than where it was locked. Throws SP4263. */
function requirePlaces(
  wishes: readonly Wish[],
  places: readonly HostPath[],
  found: ReadonlyMap<HostPath, ObservedFile>,
): void {
  for (const [i, { path }] of wishes.entries()) {
    const now = seen(found, path).path;
    if (now !== places[i]) throw changedMeanwhile(`${path} leads to ${now} since a moment ago`);
  }
}

function seen(found: ReadonlyMap<HostPath, ObservedFile>, path: HostPath): ObservedFile {
  const file = found.get(path);
  if (file === undefined) throw new TypeError(`${path} was not looked at`);
  return file;
}

function headerOf(
  { host, hostName, options }: Session,
  files: readonly TransactedFile[],
): RunHeader {
  const digests = files.map(({ observed, after }) => [
    observed.path,
    observed.content.kind === 'file' ? observed.content.state.sha256 : null,
    after.exists ? digestOf(Buffer.from(after.bytes).toString('base64')) : null,
  ]);
  return {
    run: newRunId(host.clock),
    plan: LIBRARY_PLAN,
    file: '' as WorkspacePath,
    workspace: LIBRARY_WORKSPACE,
    host: hostName,
    operation: 'transaction',
    changeSet: digestOf(digests),
    planCommit: null,
    actor: options.actor,
    startedAt: host.clock.now().toISOString(),
    offline: false,
    overrides: [],
    changes: [],
  };
}

function blockedPlaces({ host }: Session, places: readonly HostPath[]): readonly Diagnostic[] {
  const blocked = blockedFiles(host);
  return places.flatMap((path): readonly Diagnostic[] => {
    const run = blocked.get(path);
    if (run === undefined) return [];
    const message = `${path} belongs to run ${run}, whose revert failed`;
    const help = 'Settle it first: `setpoint recover`.';
    return [{ code: 'SP4203', severity: 'error', message, help }];
  });
}

function notBegun({ recovered, problems, exitCode }: Settled): SetpointError {
  const runs = recovered.map(({ run, outcome }) => `${run} (${outcome})`).join(', ');
  return new SetpointError(exitCode === EXIT.done ? EXIT.needsPerson : exitCode, [
    {
      code: 'SP4266',
      severity: 'error',
      message: `nothing was begun, because an earlier run had to be settled first: ${runs}`,
      help: 'Look at the files, then call it again. `setpoint status` tells what is open.',
    },
    ...problems,
  ]);
}
