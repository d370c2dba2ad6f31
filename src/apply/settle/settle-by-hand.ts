import { renameSync } from 'node:fs';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { SettleChoice } from '../../model/outcome.ts';
import { fileError } from '../../host/file-errors.ts';
import { closeRun } from '../run/close-run.ts';
import { Conflict } from '../files/conflict.ts';
import { endRun, type EndedRun } from '../run/drive-run.ts';
import { writeJournal } from '../journal/journal-file.ts';
import { markFailed } from '../revert/mark-failed.ts';
import { ending, type Ending } from '../machine/ending.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';
import { tolerate } from '../machine/tolerate.ts';
import { unwritable } from '../files/unwritable.ts';
import { isExactly, planSettlement, touchedBy, type FilePlan } from './plan-settlement.ts';
import { readLive } from '../files/live-file.ts';
import { OUTCOME, recordSettlement } from './record-settlement.ts';
import { runActionsAnyway } from '../run/run-actions.ts';
import { auditSettlement } from '../run/run-audit.ts';
import { judgeSettled } from '../run/run-checks.ts';
import type { Settlement } from '../journal/settlement.ts';
import { troubleOf } from '../run/settle-run.ts';
import { makeReady, putInPlace, saveAllForeign, type ReadyFile } from './write-settlement.ts';

/**
 * Settles a run whose revert failed as a person chose: foreign bytes are kept, every file is looked at before the first is
 * written, the choice is journalled, files are put in place, actions run, gates are told (a person decided: they veto nothing),
 * and what is true then is recorded. After a death anywhere the next recovery carries the journalled choice out. Never throws for what
 * the outside world does; when it cannot be done nothing is written, or the run stays open.
 */
export async function settleByHand(run: OpenRun, wanted: Settlement): Promise<EndedRun> {
  try {
    const stuck = await settleFiles(run, wanted, (plans, saved) =>
      announce(run, wanted, plans, saved),
    );
    if (stuck !== null) return await stayOpen(run, stuck, wanted.choice);
  } catch (error) {
    return giveUp(run, wanted, reasonOf(run, error));
  }
  try {
    const settled = await recordSettlement(run, (await lookAfter(run)).trouble);
    await tolerate(run, () => setAside(run));
    await closeRun(run, settled);
    return await endRun(run, settled);
  } catch (error) {
    // The files are as chosen and the journal says so: the next recovery records it.
    const reason = `the files are settled, but not recorded: ${reasonOf(run, error)}`;
    return endRun(run, { outcome: OUTCOME[wanted.choice], reason, refusal: null, open: true });
  }
}

/** Why nothing was done, or null when every file is what was chosen. Throws when the file system refuses in between. */
async function settleFiles(
  run: OpenRun,
  wanted: Settlement,
  beforeWriting: (plans: readonly FilePlan[], saved: readonly string[]) => Promise<void>,
): Promise<string | null> {
  const plans = await planSettlement(run, wanted.choice);
  const stuck = plans.flatMap((plan) => (plan.stuck === null ? [] : [plan.stuck]));
  const { saved, unsaved } = await saveAllForeign(run, plans);
  tellSaved(run, saved);
  const lost = overwritten(unsaved, wanted.choice).map(
    ({ file }) => `what somebody else wrote to ${file.path} cannot be kept, so it is not replaced`,
  );
  const hindrances = unwritable(run.context.host.root, plans.flatMap(touchedBy));
  run.diagnostics.push(...hindrances);
  const refused = hindrances.map(({ code, message }) => `${message} (${code})`);
  const reasons = [...stuck, ...refused, ...lost];
  if (reasons.length > 0) return reasons.join('; ');
  const ready = await makeReady(plans);
  await beforeWriting(plans, saved);
  const { processGroups } = run.folder;
  await putInPlace(ready, processGroups, (plan) => tellWritten(run, plan, wanted.choice));
  if (wanted.choice !== 'keep-live') confirm(ready, wanted.choice);
  return null;
}

/**
 * The files alone of a choice that is journalled already, for a boot: no action, no gate, no record, and the choice stays in the
 * journal whatever happens, so that `settleByHand` does the rest.
 */
export async function settleBytes(run: OpenRun, wanted: Settlement): Promise<Ending> {
  const trouble = await settleFiles(run, wanted, async () => {}).catch((error: unknown) =>
    reasonOf(run, error),
  );
  if (trouble !== null) return { ...ending('revert-failed', `at boot: ${trouble}`), open: true };
  const reason = `the files are as chosen with --${wanted.choice}; their health is not proven yet`;
  return { ...ending(OUTCOME[wanted.choice], reason), open: true };
}

async function announce(
  run: OpenRun,
  wanted: Settlement,
  plans: readonly FilePlan[],
  saved: readonly string[],
): Promise<void> {
  await journalChoice(run, wanted, needsNoSpace(wanted.choice, plans));
  await tolerate(run, () => auditSettlement(run, wanted, saved));
}

/** Files of `unsaved` whose only copy would go. `keep-live` leaves it in place. */
function overwritten(unsaved: readonly FilePlan[], choice: SettleChoice): readonly FilePlan[] {
  return choice === 'keep-live' ? [] : unsaved;
}

/** Old files that only have to be renamed: a death in the middle ends the same way without a journalled choice. */
function needsNoSpace(choice: SettleChoice, plans: readonly FilePlan[]): boolean {
  return (
    choice === 'take-old' && plans.every(({ foreign, put }) => !foreign && put.how !== 'write')
  );
}

async function journalChoice(
  run: OpenRun,
  wanted: Settlement,
  dispensable: boolean,
): Promise<void> {
  const chosen = { ...committed(run), settlement: wanted };
  try {
    await writeJournal(run.context.host, chosen);
  } catch (error) {
    if (!dispensable || !(error instanceof SetpointError)) throw error;
    run.diagnostics.push(...error.diagnostics);
  }
  run.journal = chosen;
}

function confirm(ready: readonly ReadyFile[], choice: SettleChoice): void {
  for (const { plan } of ready) {
    const { before, after, path, realPath } = plan.file;
    if (isExactly(readLive(realPath), choice === 'take-old' ? before : after)) continue;
    throw new Conflict(`${path} was changed again by somebody else`);
  }
}

/** Actions and gates, once; an end that was found before is taken as it is. */
async function lookAfter(run: OpenRun): Promise<{ readonly trouble: string | null }> {
  const { settlement, steps } = committed(run);
  if (settlement === undefined) throw new TypeError('nothing was chosen');
  if (settlement.judged !== undefined) {
    run.checks.push(...settlement.judged.checks);
    return settlement.judged;
  }
  const failed = await runActionsAnyway(
    run,
    steps.flatMap((step) => step.onChange),
  );
  const red = await judgeSettled(run, settlement.choice);
  const trouble = [...failed, ...red].join('; ');
  if (trouble === '') return { trouble: null };
  run.diagnostics.push({
    code: 'SP4253',
    severity: 'warning',
    message: `the run was settled by hand, and ${trouble}`,
    help: 'A person decided, so this changed nothing: see that the host becomes healthy (`setpoint check`).',
  });
  return { trouble };
}

/** A decision that could not be read, once a person's choice has taken its place: no one may read it as this run's again. */
async function setAside({ undecidable, folder }: OpenRun): Promise<void> {
  if (undecidable === null) return;
  const { decision } = folder;
  try {
    renameSync(decision, `${decision}.damaged`);
  } catch (error) {
    throw fileError(error, 'rename', decision);
  }
}

/** Nothing was written. */
function stayOpen(run: OpenRun, reason: string, choice: SettleChoice): Promise<EndedRun> {
  run.diagnostics.push({
    code: 'SP4252',
    severity: 'error',
    message: reason,
    help: 'No file was written. Choose another way, or remove the cause and try again: `setpoint recover --dry-run` shows every version.',
  });
  // They put the old files back: nothing for who wants the new ones.
  if (choice === 'take-old') {
    run.manualCommands.push(...(committed(run).failure?.manualCommands ?? []));
  }
  return endRun(run, { outcome: 'revert-failed', reason, refusal: null, open: true });
}

/**
 * Something failed between the first write and the last. The choice is taken out of the journal, so that a person may make
 * another; a disk that refuses even that leaves it there, to be carried out next time.
 */
async function giveUp(run: OpenRun, { choice }: Settlement, why: string): Promise<EndedRun> {
  const reason = `--${choice} could not be carried out: ${why}`;
  const { settlement: _, ...open } = committed(run);
  run.journal = open;
  await tolerate(run, async () => {
    await markFailed(run, reason);
  });
  return endRun(run, { outcome: 'revert-failed', reason, refusal: null, open: true });
}

function tellSaved(run: OpenRun, saved: readonly string[]): void {
  for (const path of saved) {
    run.diagnostics.push({
      code: 'SP4254',
      severity: 'note',
      message: `what somebody else wrote is kept as ${path}`,
    });
  }
}

function tellWritten(run: OpenRun, { file, put }: FilePlan, choice: SettleChoice): void {
  const type = choice === 'take-old' ? 'restored' : 'written';
  const removed = put.how === 'remove' ? { removed: true } : {};
  run.context.listener({ type, run: run.header.run, path: file.path, ...removed });
}

function reasonOf(run: OpenRun, error: unknown): string {
  if (error instanceof Conflict) return error.message;
  const trouble = troubleOf(run, error);
  return 'reason' in trouble && trouble.reason !== null ? trouble.reason : 'unknown';
}
