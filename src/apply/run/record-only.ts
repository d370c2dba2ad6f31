import { prepareState } from './begin-run.ts';
import { ending, type Ending } from '../machine/ending.ts';
import type { OpenRun } from '../machine/open-run.ts';
import { auditHeadNow, auditStart } from './run-audit.ts';
import { keptCommit, recordCommits } from './run-commits.ts';
import type { RunInput } from '../machine/run-input.ts';
import { troubleOf } from './settle-run.ts';

/**
 * A part that writes nothing to the host (adopt, move, record, forget): no gates, no staging, one commit. Moving the branch is
 * its commit point, so a crash leaves nothing to recover.
 */
export async function recordOnly(run: OpenRun, input: RunInput): Promise<Ending> {
  if (run.context.signal.aborted) return ending('interrupted', 'interrupted');
  try {
    await auditStart(run, []);
    await prepareState(run, input);
    const { trees } = run;
    if (trees === null) throw new TypeError('the state was not prepared');
    const date = Math.floor(run.context.host.clock.now().getTime() / 1000);
    const auditHead = await auditHeadNow(run);
    const facts = { header: run.header, checks: [], auditHead, date };
    await recordCommits(run, [await keptCommit(run, facts, trees)], trees.parent);
    return ending('applied', null);
  } catch (error) {
    return ending('failed', reasonOf(run, error));
  }
}

function reasonOf(run: OpenRun, error: unknown): string {
  const trouble = troubleOf(run, error);
  return 'reason' in trouble && trouble.reason !== null ? trouble.reason : 'unknown';
}
