import type { HostPath, RunId } from '../model/brand.ts';
import { blockedFiles } from './blocked-files.ts';
import { closeRecording } from './close-run.ts';
import { driveRun, endRun, type EndedRun } from './drive-run.ts';
import { newOpenRun, type OpenRun } from './open-run.ts';
import { recordOnly } from './record-only.ts';
import { runFolder } from './run-folder.ts';
import { runHeader } from './run-header.ts';
import type { RunContext, RunInput } from './run-input.ts';

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
  const blocked = firstBlocked(input, blockedFiles(host.stateDir));
  if (blocked !== null) return refuse(run, blocked);
  if (written > 0) return driveRun(run, { at: 'begun' }, input);
  const ending = await recordOnly(run, input);
  await closeRecording(run, ending);
  return endRun(run, ending);
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
    help: 'Settle it first: `setpoint recover`.',
  });
  return endRun(run, { outcome: 'failed', reason, refusal: 'blocked', open: false });
}
