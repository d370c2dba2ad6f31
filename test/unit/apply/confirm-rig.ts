import type { Guardian } from '../../../src/apply/guardian/guardian.ts';
import { settleOpenRuns } from '../../../src/apply/recovery/recover.ts';
import type { AwaitConfirmation } from '../../../src/apply/journal/await-confirmation.ts';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { runFolder } from '../../../src/apply/journal/run-folder.ts';
import type { WaitingRun } from '../../../src/apply/run/waiting-run.ts';
import { waitingRuns } from '../../../src/apply/run/waiting-run.ts';
import type { Host } from '../../../src/host/ports.ts';
import type { EndedRun } from '../../../src/apply/run/drive-run.ts';
import type { Millis, RunId } from '../../../src/model/brand.ts';
import { runInput, type FileEdit } from './run-inputs.ts';
import type { RunRig } from './run-rig.ts';

export const WITHIN = 600_000 as Millis;

/** A guardian that only remembers what it was told. */
export function standInGuardian(): Guardian & { readonly told: string[] } {
  const told: string[] = [];
  const tell = (word: string) => (): Promise<void> => {
    told.push(word);
    return Promise.resolve();
  };
  return {
    // Not that of the applier, which is this process.
    pid: process.ppid,
    told,
    ready: tell('ready'),
    dismiss: tell('dismiss'),
    handOver: () => told.push('hand-over'),
  };
}

/** Runs the edits with `--confirm-within 10m`. */
export async function applyToConfirm(rig: RunRig, edits: readonly FileEdit[]): Promise<EndedRun> {
  const input = await runInput(rig, edits);
  return executeRun(
    { ...rig.context, guardian: standInGuardian() },
    { ...input, options: { ...input.options, confirmWithin: WITHIN } },
  );
}

/** What the guardian does once the applier is gone. */
export async function guard(
  rig: RunRig,
  awaitConfirmation: AwaitConfirmation | undefined,
  host: Host = rig.host,
): Promise<EndedRun | undefined> {
  const [ended] = await settleOpenRuns({ ...rig.context, host }, { awaitConfirmation });
  return ended;
}

export function theWaiting(rig: RunRig): WaitingRun {
  const [waiting] = waitingRuns(rig.host);
  if (waiting === undefined) throw new Error('no run waits');
  return waiting;
}

export function folderOf(rig: RunRig, run: RunId): ReturnType<typeof runFolder> {
  return runFolder(rig.host.stateDir, run);
}
