import { existsSync } from 'node:fs';
import { readLive, standing } from '../../apply/files/live-file.ts';
import { planRestore } from '../../apply/files/restore-plan.ts';
import { unwritable } from '../../apply/files/unwritable.ts';
import { decisionOf } from '../../apply/journal/decision-of.ts';
import type { CommittedJournal, Journal, JournalFile } from '../../apply/journal/journal.ts';
import { runFolder } from '../../apply/journal/run-folder.ts';
import { touchedBy } from '../../apply/revert/restore-run.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { Host, Root } from '../../host/ports.ts';
import type { RealPath } from '../../model/brand.ts';
import type { RecoveryProspect } from '../open-run-results.ts';

type ProspectFile = RecoveryProspect['files'][number];

/**
 * What the next recovery does with a run that nobody works on and that needs no person, and how its files stand now. Reads only.
 * Errors: SP601x.
 */
export function recoveryProspect(
  { root, stateDir }: Pick<Host, 'root' | 'stateDir'>,
  journal: Journal,
): RecoveryProspect {
  const removes = journal.intent.stageDirectories.filter((directory) => existsSync(directory));
  if (journal.phase === 'staging') {
    return { would: 'clean-up', files: [], actions: [], removes, stuck: [] };
  }
  const files = journal.files.map((file) => ({ path: file.path, standing: standingOf(file) }));
  const becomes = whatBecomes(stateDir, journal);
  const stuck = becomes.would === 'take-back' ? whyStuck(root, journal.files) : [];
  return { ...becomes, files, removes, stuck };
}

function whatBecomes(
  stateDir: RealPath,
  journal: CommittedJournal,
): Pick<RecoveryProspect, 'would' | 'choice' | 'actions'> {
  const { header, settlement, steps } = journal;
  if (settlement !== undefined) {
    return { would: 'carry-out', choice: settlement.choice, actions: [] };
  }
  const decision = decisionOf(journal, runFolder(stateDir, header.run).decision);
  if (decision?.decision === 'keep') return { would: 'keep', actions: [] };
  const actions = steps.flatMap(({ onChange }) => onChange.map(({ run }) => run));
  return { would: 'take-back', actions };
}

/** What the revert itself asks before it writes the first file: any of these, and it writes none. */
function whyStuck(root: Root, files: readonly JournalFile[]): readonly string[] {
  const plans = files.map((file) => ({ file, plan: planRestore(file) }));
  const kept = plans.flatMap(({ plan }) => (plan.how === 'stuck' ? [plan.reason] : []));
  const places = plans.flatMap(({ file, plan }) => touchedBy(file, plan));
  return [...kept, ...unwritable(root, places).map(({ message }) => message)];
}

const NAMES = { before: 'old', after: 'new', torn: 'torn', foreign: 'foreign' } as const;

function standingOf(file: JournalFile): ProspectFile['standing'] {
  try {
    return NAMES[standing(readLive(file.realPath), file)];
  } catch (error) {
    if (error instanceof SetpointError) return 'unreadable';
    throw error;
  }
}
