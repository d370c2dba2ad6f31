import type { CommitId, HostPath } from '../../model/brand.ts';
import type { RunEventListener } from '../../model/run-event.ts';
import type { CheckResult } from '../../model/check.ts';
import type { Answer } from '../../model/outcome.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { ActedAction, Decision } from '../journal/decision.ts';
import type { AwaitConfirmation } from '../journal/await-confirmation.ts';
import type { Proposal } from '../journal/proposal.ts';
import type {
  CommittedJournal,
  Intent,
  JournalFile,
  PreparedTrees,
  RunHeader,
} from '../journal/journal.ts';
import type { RunFolder } from '../journal/run-folder.ts';
import type { RunContext } from './run-input.ts';

/** A run in progress: what is known so far. The actions of the state machine fill it in, the report reads it. */
export interface OpenRun {
  readonly context: RunContext;
  readonly header: RunHeader;
  readonly folder: RunFolder;
  /** Every gate and audit verdict so far, in order. */
  readonly checks: CheckResult[];
  readonly commits: CommitId[];
  /** Problems with their help, for the caller's view. */
  readonly diagnostics: Diagnostic[];
  readonly manualCommands: string[];
  before: readonly CheckResult[];
  trees: PreparedTrees | null;
  intent: Intent | null;
  staged: readonly JournalFile[];
  /** From the commit point on. */
  journal: CommittedJournal | null;
  decision: Decision | null;
  /** Why the decision that is there cannot be read. */
  undecidable: string | null;
  /** From when it waits for a person. */
  proposal: Proposal | null;
  /** Until when it waited, as its report told; a proposal may be damaged or gone. ISO 8601. */
  waitedUntil: string | null;
  /** What a person answered, and who. */
  answer: Answer | null;
  /** How a guardian waits for that person; `null` for everyone else. */
  awaitConfirmation: AwaitConfirmation | null;
  /** Steps whose file may be new: their actions run again after a revert. */
  begunSteps: number;
  /** Actions on the new files, as far as it is known how they ended. */
  readonly acted: ActedAction[];
  /** Actions that failed on the old files while nobody knows how they ended on the new ones: a gate has to be green. */
  readonly unproven: string[];
  /** Files in which the revert, or a transaction, left edits by others. */
  othersEdits: readonly HostPath[];
  /** Files that have a fresh identity, as far as it was looked. */
  renewed: readonly HostPath[];
  /** Recovery of a run whose revert had failed before although its old files were back: a person asked for it again. */
  retried: boolean;
  /** The run's commits are on the branch. */
  recorded: boolean;
}

/** A run of which nothing is done yet. */
export function newOpenRun(context: RunContext, header: RunHeader, folder: RunFolder): OpenRun {
  const diagnostics: Diagnostic[] = [];
  const listener = quietListener(context.listener, diagnostics);
  return {
    context: { ...context, listener },
    header,
    folder,
    checks: [],
    commits: [],
    diagnostics,
    manualCommands: [],
    before: [],
    trees: null,
    intent: null,
    staged: [],
    journal: null,
    decision: null,
    undecidable: null,
    proposal: null,
    waitedUntil: null,
    answer: null,
    awaitConfirmation: null,
    begunSteps: 0,
    acted: [],
    unproven: [],
    othersEdits: [],
    renewed: [],
    retried: false,
    recorded: false,
  };
}

/** Who watches a run must not change it: a listener that throws (a closed terminal) is not called again, and that is told. */
function quietListener(listener: RunEventListener, diagnostics: Diagnostic[]): RunEventListener {
  let failed = false;
  return (event) => {
    if (failed) return;
    try {
      listener(event);
    } catch (error) {
      failed = true;
      const message = error instanceof Error ? error.message : String(error);
      diagnostics.push({
        code: 'SP4204',
        severity: 'warning',
        message: `progress could not be shown any more: ${message}`,
      });
    }
  };
}

/** The journal of a run past its commit point. */
export function committed(run: Pick<OpenRun, 'journal'>): CommittedJournal {
  if (run.journal === null) throw new TypeError('the run has not reached its commit point');
  return run.journal;
}
