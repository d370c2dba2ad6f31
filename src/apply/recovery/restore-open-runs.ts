import type { ActionResult } from '../machine/actions.ts';
import type { Ending } from '../machine/ending.ts';
import { endRun, type EndedRun } from '../run/drive-run.ts';
import type { CommittedJournal, Journal } from '../journal/journal.ts';
import { openJournals } from '../journal/journal-file.ts';
import type { OpenRun } from '../machine/open-run.ts';
import { resumeFailedRun, resumeRun } from './recover.ts';
import { restoreRun } from '../revert/restore-run.ts';
import { settleBytes } from '../settle/settle-by-hand.ts';
import type { RunContext } from '../machine/run-input.ts';
import { decideRun, finishFiles, troubleOf } from '../run/settle-run.ts';

const UNVERIFIED = 'the old files were put back at boot; their health is not proven yet';
const GONE = 'the machine went down before it was decided';

/**
 * Gives every file of every open run the bytes that the run's end will have, without gates, actions or records: for a boot,
 * before anything reads the files. Decided `keep` ⇒ new; a person's choice that was cut off ⇒ as chosen; else the decision
 * `revert` is made and the files are old. Journals stay: `settleOpenRuns` proves and records later. The caller holds the run lock. A second call changes nothing. Resolves
 * whatever happens to a file; throws SP4220, SP4221 (exit 4) as recovery does.
 */
export async function restoreOpenRuns(context: RunContext): Promise<readonly EndedRun[]> {
  const ended: EndedRun[] = [];
  for (const journal of openJournals(context.host).filter(isPastCommit)) {
    const { settlement } = journal;
    const run = await (settlement === undefined ? resumeRun : resumeFailedRun)(context, journal);
    const ending = await (settlement === undefined
      ? restoreBytes(run)
      : settleBytes(run, settlement));
    ended.push(await endRun(run, ending));
  }
  return ended;
}

/** Before its commit point a run has changed no file; one whose revert failed waits for a person, unless one has chosen. */
function isPastCommit(journal: Journal): journal is CommittedJournal {
  return (
    journal.phase === 'committed' && (journal.failure === null || journal.settlement !== undefined)
  );
}

async function restoreBytes(run: OpenRun): Promise<Ending> {
  const result = await settledBytes(run);
  const keep = run.decision?.decision === 'keep';
  const trouble = 'reason' in result && result.is !== 'decided' ? result.reason : null;
  const note = result.is === 'done' ? (result.note ?? null) : null;
  if (keep) return open('applied', trouble ?? note);
  if (trouble === null) return open('reverted', UNVERIFIED);
  return open('revert-failed', `at boot: ${trouble}`);
}

async function settledBytes(run: OpenRun): Promise<ActionResult> {
  if (run.undecidable !== null) return { is: 'conflict', reason: run.undecidable };
  try {
    if (run.decision === null) {
      // Made now: what runs before the bytes are back has to go, what starts from them may stay.
      await decideRun(run, 'revert', { reason: GONE, hold: false }).catch((error: unknown) =>
        troubleOf(run, error),
      );
    }
    return await (run.decision?.decision === 'keep' ? finishFiles(run) : restoreRun(run));
  } catch (error) {
    return troubleOf(run, error);
  }
}

function open(outcome: Ending['outcome'], reason: string | null): Ending {
  return { outcome, reason, refusal: null, open: true };
}
