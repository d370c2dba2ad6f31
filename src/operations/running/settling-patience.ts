import { readFileSync } from 'node:fs';
import { saysWaiting } from '../../apply/run/confirm-run.ts';
import { readDecision } from '../../apply/journal/decision.ts';
import { runFolder } from '../../apply/journal/run-folder.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { parseStat } from '../../host/proc-files.ts';
import type { LockHolder } from '../../host/ports.ts';
import type { RunId } from '../../model/brand.ts';
import { durationText } from '../../model/duration-text.ts';
import { EXIT } from '../../model/outcome.ts';
import type { Session } from '../session.ts';
import { runLockFile } from './under-run-lock.ts';

/**
 * Looks, each time it is called, whether the process that has the run lock does something about `run`. Throws SP4247 (exit 5)
 * once it has done nothing for `--lock-timeout`: it still waits although there is a decision, or it is stopped. One that is at work
 * (gates of a revert take minutes) has all the time it needs.
 */
export function settlingPatience(session: Session, run: RunId): () => Promise<void> {
  const { clock, locks } = session.host;
  let idleSince = clock.monotonic();
  return async () => {
    const holder = await locks.holder(runLockFile(session));
    const now = clock.monotonic();
    if (holder === null || !isIdle(holder)) idleSince = now;
    else if (now - idleSince >= session.options.lockTimeout) throw noAction(session, run, holder);
  };
}

/** What the lock file says is no basis for a decision, but good enough to give up waiting. */
function isIdle({ pid, command }: LockHolder): boolean {
  return saysWaiting(command) || isStopped(pid);
}

function isStopped(pid: number): boolean {
  try {
    const state = parseStat(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'))?.state;
    return state === 'T' || state === 't';
  } catch {
    return false;
  }
}

function noAction(session: Session, run: RunId, { pid, command }: LockHolder): SetpointError {
  const { lockTimeout } = session.options;
  const decision = readDecision(runFolder(session.host.stateDir, run).decision)?.decision;
  const written =
    decision === undefined
      ? 'it is to be taken back'
      : `the decision to ${decision === 'keep' ? 'keep' : 'take back'} it is written and stands`;
  const name = String(pid);
  const who = saysWaiting(command) ? `the guardian (pid ${name})` : `pid ${name} (${command})`;
  return new SetpointError(EXIT.locked, [
    {
      code: 'SP4247',
      severity: 'error',
      message: `run ${run}: ${written}, but ${who}, which is to carry it out, has done nothing for ${durationText(lockTimeout)}`,
      help: `is it stopped? Let it go on: kill -CONT ${name}; or end it (kill -KILL ${name}) and carry it out: setpoint recover ${run}`,
    },
  ]);
}
