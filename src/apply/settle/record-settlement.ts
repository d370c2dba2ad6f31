import type { Ending } from '../machine/ending.ts';
import type { PreparedTrees } from '../journal/journal.ts';
import { writeJournal } from '../journal/journal-file.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';
import { liveTree } from './record-live.ts';
import { auditHeadNow } from '../run/run-audit.ts';
import {
  keptCommit,
  keptLiveCommit,
  recordCommits,
  revertCommits,
  type CommitFacts,
} from '../run/run-commits.ts';
import type { Judged, Settlement } from '../journal/settlement.ts';
import type { StateCommitSpec } from '../../model/state-change.ts';
import { treesOnHead } from '../run/trees-on-head.ts';
import { treesWithRenewed } from '../run/trees-with-renewed.ts';

/**
 * Records what a person chose: `take-new` as a kept run, `take-old` as an attempt and its revert, `keep-live` as what was found.
 * The commits are journalled before the branch moves, so that whoever goes on makes the same ones. Errors: SP5xxx, SP601x.
 */
export async function recordSettlement(run: OpenRun, trouble: string | null): Promise<Ending> {
  const judged = committed(run).settlement?.judged ?? (await judge(run, trouble));
  const [first] = judged.commits;
  await recordCommits(run, judged.commits, first?.parent ?? null);
  return endingOf(chosen(run), judged);
}

async function judge(run: OpenRun, trouble: string | null): Promise<Judged> {
  const settlement = chosen(run);
  const trees = await treesOnHead(run);
  const unproven = run.header.offline || trouble !== null;
  const facts: CommitFacts = {
    header: run.header,
    checks: run.checks,
    auditHead: await auditHeadNow(run),
    date: Math.floor(run.context.host.clock.now().getTime() / 1000),
    settled: { ...settlement, unproven },
  };
  const commits = await commitsFor(run, settlement, facts, trees);
  const judged: Judged = { commits, checks: run.checks, unproven, trouble };
  run.journal = { ...committed(run), settlement: { ...settlement, judged } };
  await writeJournal(run.context.host, run.journal);
  return judged;
}

async function commitsFor(
  run: OpenRun,
  { choice }: Settlement,
  facts: CommitFacts,
  trees: PreparedTrees,
): Promise<readonly StateCommitSpec[]> {
  if (choice === 'take-new') return [await keptCommit(run, facts, trees)];
  if (choice === 'keep-live') {
    return [await keptLiveCommit(run, facts, await liveTree(run, trees), trees.parent)];
  }
  const reason = run.decision?.reason ?? committed(run).failure?.reason ?? 'its revert failed';
  const cause = { reason, hold: run.decision?.hold ?? false };
  return revertCommits(run, facts, await treesWithRenewed(run, trees), cause);
}

function chosen(run: OpenRun): Settlement {
  const { settlement } = committed(run);
  if (settlement === undefined) throw new TypeError('nothing was chosen');
  return settlement;
}

/** How a run ended that was settled so. */
export const OUTCOME = {
  'take-new': 'applied',
  'take-old': 'reverted',
  'keep-live': 'kept-live',
} as const;

function endingOf({ choice, actor, reason }: Settlement, { trouble }: Judged): Ending {
  const why = reason === null ? '' : ` (${reason})`;
  const how = `settled by hand with --${choice} by ${actor}${why}`;
  const all = trouble === null ? how : `${how}; then ${trouble}`;
  return { outcome: OUTCOME[choice], reason: all, refusal: null, open: false };
}
