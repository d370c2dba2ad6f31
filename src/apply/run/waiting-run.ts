import { existsSync } from 'node:fs';
import type { Host } from '../../host/ports.ts';
import { acceptProposal, readProposal, timeLeft, type Proposal } from '../journal/proposal.ts';
import { noteAnswer } from '../journal/answer.ts';
import type { Answer } from '../../model/outcome.ts';
import { decide, type Decision } from '../journal/decision.ts';
import type { CommittedJournal } from '../journal/journal.ts';
import { openJournals, type JournalPlace } from '../journal/journal-file.ts';
import { changedAttributes, changedPaths } from '../files/changed-paths.ts';
import { runFolder, type RunFolder } from '../journal/run-folder.ts';
import { revertDecision } from './settle-run.ts';

/** A proven run that waits for a person; nothing is decided yet. */
export interface WaitingRun {
  readonly journal: CommittedJournal;
  readonly folder: RunFolder;
  readonly proposal: Proposal;
}

/** Runs that wait for `setpoint confirm`, oldest first. Reads only, needs no lock. Errors: SP4220, SP4221, SP4223, SP601x. */
export function waitingRuns(place: JournalPlace): readonly WaitingRun[] {
  return openJournals(place).flatMap((journal): readonly WaitingRun[] => {
    if (journal.phase !== 'committed' || journal.failure !== null) return [];
    if (journal.confirmWithin === undefined) return [];
    const folder = runFolder(place.stateDir, journal.header.run);
    const proposal = readProposal(folder);
    if (proposal === null || existsSync(folder.decision)) return [];
    return [{ journal, folder, proposal }];
  });
}

/** Runs that would wait, but whose proposal is there and cannot be read: nobody can confirm them, so they are taken back. */
export function damagedProposals(place: JournalPlace): readonly Omit<WaitingRun, 'proposal'>[] {
  return openJournals(place).flatMap((journal): readonly Omit<WaitingRun, 'proposal'>[] => {
    if (journal.phase !== 'committed' || journal.failure !== null) return [];
    if (journal.confirmWithin === undefined) return [];
    const folder = runFolder(place.stateDir, journal.header.run);
    if (!existsSync(folder.proposal) || existsSync(folder.decision)) return [];
    return readProposal(folder) === null ? [{ journal, folder }] : [];
  });
}

/** Why nothing can be confirmed any more, or null. The first of the two that is true. */
export function tooLate({ proposal }: WaitingRun, host: Host): 'restarted' | 'expired' | null {
  if (proposal.confirmation.bootId !== host.bootId) return 'restarted';
  return timeLeft(proposal, host) <= 0 ? 'expired' : null;
}

/** Files that are not what the run wrote and proved, their mode and owner too, and links to them that lead elsewhere. */
export async function changedFiles(
  { journal }: WaitingRun,
  host: Host,
): Promise<readonly string[]> {
  const { files } = journal;
  return [...(await changedPaths(files, host.root)), ...changedAttributes(files)];
}

/** Keeps the run, unless somebody decided before. Returns what is decided; null: it is being taken back. Errors: SP601x. */
export async function confirmWaiting(
  { folder }: WaitingRun,
  { actor, at }: Omit<Answer, 'answer'>,
): Promise<Decision | null> {
  await noteAnswer(folder, { answer: 'confirmed', actor, at });
  return acceptProposal(folder);
}

/** Takes the run back and holds its plan, unless somebody decided before. Returns what is decided. Errors: SP601x. */
export async function rejectWaiting(
  { journal, folder, proposal }: WaitingRun,
  host: Host,
  actor: string,
): Promise<Decision> {
  const { header } = journal;
  const { checks, acted = [] } = proposal;
  const run = { context: { host }, header, journal, checks, acted, diagnostics: [] };
  const reason = `it was rejected by ${actor}`;
  const decision = await revertDecision(run, { reason, hold: true });
  const answer: Answer = { answer: 'rejected', actor, at: decision.at };
  return decide(folder, { ...decision, answer });
}
