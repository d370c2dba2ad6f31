import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { HeldPaths } from '../../host/ports.ts';
import type { HostPath, RunId } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import { writtenFiles } from './begin-run.ts';
import { blockedFiles } from '../journal/blocked-files.ts';
import { closeRecording } from './close-run.ts';
import { driveRun, endRun, type EndedRun } from './drive-run.ts';
import { newOpenRun, type OpenRun } from '../machine/open-run.ts';
import { recordOnly } from './record-only.ts';
import { runFolder } from '../journal/run-folder.ts';
import { runHeader } from '../machine/run-header.ts';
import { lockRunPaths } from '../machine/run-path-locks.ts';
import type { RunContext, RunInput } from '../machine/run-input.ts';

/**
 * One run: one plan part on this host, from its before-gates to its last commit. The caller holds the run lock and has
 * settled earlier runs. Resolves whatever happens; the outcome is in the report. Throws SP4220, SP4221 (exit 4) when an open
 * journal cannot be read.
 */
export async function executeRun(context: RunContext, input: RunInput): Promise<EndedRun> {
  const { host } = context;
  const header = runHeader(input, host.clock.now().toISOString());
  const run = newOpenRun(context, header, runFolder(host.stateDir, input.run));
  context.lock.describe({ run: input.run });
  const written = input.part.files.filter((file) => file.write).length;
  run.context.listener({
    type: 'run-started',
    run: input.run,
    plan: header.plan,
    files: written,
  });
  const blocked = firstBlocked(input, blockedFiles(host));
  if (blocked !== null) return refuse(run, blocked);
  if (written > 0) return underPathLocks(run, input);
  const ending = await recordOnly(run, input);
  await closeRecording(run, ending);
  return endRun(run, ending);
}

/** Nobody else writes the run's files through setpoint until it is settled, or its journal says that it has to be. */
async function underPathLocks(run: OpenRun, input: RunInput): Promise<EndedRun> {
  const paths = writtenFiles(input).map(({ path }) => path);
  let held: HeldPaths;
  try {
    held = await lockRunPaths(run.context.host, paths, run.context.lockTimeout);
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    run.diagnostics.push(...error.diagnostics);
    const reason = error.diagnostics.map(({ message }) => message).join('; ');
    const refusal = error.exitCode === EXIT.locked ? 'locked' : null;
    return endRun(run, { outcome: 'failed', reason, refusal, open: false });
  }
  try {
    return await driveRun(run, { at: 'begun' }, input);
  } finally {
    held.release();
  }
}

interface Blocked {
  readonly path: HostPath;
  readonly by: RunId;
}

function firstBlocked(input: RunInput, blocked: ReadonlyMap<HostPath, RunId>): Blocked | null {
  for (const { path } of input.part.files) {
    const by = blocked.get(path);
    if (by !== undefined) return { path, by };
  }
  return null;
}

async function refuse(run: OpenRun, { path, by }: Blocked): Promise<EndedRun> {
  const reason = `${path} belongs to run ${by}, whose revert failed`;
  run.diagnostics.push({
    code: 'SP4203',
    severity: 'error',
    message: reason,
    help: 'Settle it first: `setpoint recover --dry-run` shows how.',
  });
  return endRun(run, { outcome: 'failed', reason, refusal: 'blocked', open: false });
}
