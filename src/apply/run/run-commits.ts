import {
  composeMessage,
  gateTrailer,
  TRAILER,
  type Trailer,
} from '../../git/record/commit-message.ts';
import type { CommitId } from '../../model/brand.ts';
import type { CheckResult } from '../../model/check.ts';
import type { SettledBy } from '../../model/outcome.ts';
import type { StateCommitSpec } from '../../model/state-change.ts';
import type { PreparedTrees, RunHeader } from '../journal/journal.ts';
import type { OpenRun } from '../machine/open-run.ts';
import { refuseLostObjects } from './lost-objects.ts';
import { signed } from './sign-commit.ts';

/** `Setpoint-Status` of a run's commits; `observed` records foreign edits before a run. */
export type CommitStatus = 'observed' | 'applied' | 'applied, unproven' | 'attempted' | 'reverted';

export interface CommitFacts {
  readonly header: RunHeader;
  readonly checks: readonly CheckResult[];
  /** Head of the audit log when it was decided; `null` when there is none. */
  readonly auditHead: string | null;
  /** Seconds since the epoch. */
  readonly date: number;
  /** A person settled the run. */
  readonly settled?: SettledBy & { readonly unproven: boolean };
}

/** The commit of a run that is kept, signed when the run is. */
export function keptCommit(
  run: OpenRun,
  facts: CommitFacts,
  trees: PreparedTrees,
): Promise<StateCommitSpec> {
  const unproven = facts.header.offline || facts.settled?.unproven === true;
  const status = unproven ? 'applied, unproven' : 'applied';
  return signed(run, spec(facts, status, trees.kept, trees.parent));
}

/**
 * The two commits of a run that was taken back: what was attempted, and the state before it (with a hold when health was not
 * proven). The first one's id, its signature in it, is the second's parent.
 */
export async function revertCommits(
  run: OpenRun,
  facts: CommitFacts,
  trees: PreparedTrees,
  cause: { readonly reason: string; readonly hold: boolean },
): Promise<readonly StateCommitSpec[]> {
  const attempt = await signed(run, spec(facts, 'attempted', trees.kept, trees.parent));
  const tree = cause.hold ? trees.held : trees.unchanged;
  const parent = run.context.state.commitId(attempt);
  const renewed = run.renewed.map((path) => `${path} got a fresh identity to come up`);
  const revert = spec(facts, 'reverted', tree, parent, [`because ${cause.reason}`, ...renewed]);
  return [attempt, await signed(run, revert)];
}

/** The commit that records what somebody else changed before this run. */
export function observedCommit(
  run: OpenRun,
  facts: CommitFacts,
  tree: string,
  parent: CommitId | null,
): Promise<StateCommitSpec> {
  const lines = ['edits by others, found before the run'];
  return signed(run, spec(facts, 'observed', tree, parent, lines));
}

/** The commit of a run whose files a person left as they were found: what is live is recorded, nothing is claimed. */
export function keptLiveCommit(
  run: OpenRun,
  facts: CommitFacts,
  tree: string,
  parent: CommitId | null,
): Promise<StateCommitSpec> {
  const lines = ['the files of the run as they were found'];
  return signed(run, spec(facts, 'observed', tree, parent, lines));
}

function spec(
  facts: CommitFacts,
  status: CommitStatus,
  tree: string,
  parent: CommitId | null,
  lines: readonly string[] = facts.header.changes,
): StateCommitSpec {
  const { header, date } = facts;
  const verb = verbOf(header, status);
  const count = header.changes.length;
  const message = composeMessage({
    subject: `${verb} ${header.plan}: ${String(count)} ${count === 1 ? 'change' : 'changes'}`,
    lines: [...lines, ...settledLines(facts), ...header.overrides.map((one) => `! ${one}`)],
    trailers: trailers(facts, status),
  });
  return { tree, parent, message, date };
}

/** A restore is `applied` for every reader of trailers; people read what it was. */
function verbOf({ operation }: RunHeader, status: CommitStatus): string {
  const applied = operation === 'restore' ? 'restored' : 'applied';
  if (status === 'applied, unproven') return `${applied} (unproven)`;
  return status === 'applied' ? applied : status;
}

function trailers(facts: CommitFacts, status: CommitStatus): readonly Trailer[] {
  const { header, checks, auditHead, settled } = facts;
  return [
    { key: TRAILER.status, value: status },
    { key: TRAILER.run, value: header.run },
    { key: TRAILER.plan, value: header.plan },
    ...known(TRAILER.workspace, header.workspace || null),
    ...known(TRAILER.operation, header.operation === 'restore' ? header.operation : null),
    ...known(TRAILER.planCommit, header.planCommit),
    { key: TRAILER.changeSet, value: header.changeSet },
    { key: TRAILER.actor, value: header.actor },
    ...known(TRAILER.settled, settled === undefined ? null : `${settled.choice} ${settled.actor}`),
    ...checks.map(gateTrailer),
    ...known(TRAILER.auditHead, auditHead),
  ];
}

function settledLines({ settled }: CommitFacts): readonly string[] {
  if (settled === undefined) return [];
  const why = settled.reason === null ? '' : `: ${settled.reason}`;
  return [`! settled by hand with --${settled.choice} by ${settled.actor}${why}`];
}

function known(key: string, value: string | null): readonly Trailer[] {
  return value === null ? [] : [{ key, value }];
}

/** Writes commits (again is harmless: same text, same id) and moves the branch to the last. Errors: SP5xxx. */
export async function recordCommits(
  run: OpenRun,
  specs: readonly StateCommitSpec[],
  parent: CommitId | null,
): Promise<void> {
  const { state, listener } = run.context;
  const ids: CommitId[] = [];
  for (const one of specs) ids.push(await writeCommit(run, one));
  const last = ids.at(-1);
  if (last === undefined) return;
  await state.advance(last, parent);
  run.commits.push(...ids);
  run.recorded = true;
  listener({ type: 'recorded', run: run.header.run, commits: ids });
}

async function writeCommit(run: OpenRun, spec: StateCommitSpec): Promise<CommitId> {
  try {
    return await run.context.state.writeCommit(spec);
  } catch (error) {
    await refuseLostObjects(run, spec);
    throw error;
  }
}
