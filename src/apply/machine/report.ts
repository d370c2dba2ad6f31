import type { RunReport } from '../../model/outcome.ts';
import type { Ending } from './ending.ts';
import type { OpenRun } from './open-run.ts';
import { settledBy } from '../journal/settlement.ts';

/** The report of a run that ended as `ending` says. `endedAt` is ISO 8601. */
export function buildReport(run: OpenRun, ending: Ending, endedAt: string): RunReport {
  const { header, proposal } = run;
  const settlement = run.journal?.settlement;
  const until = proposal?.confirmation.until ?? run.waitedUntil;
  return {
    run: header.run,
    plan: header.plan,
    workspace: header.workspace,
    host: header.host,
    operation: header.operation,
    outcome: ending.outcome,
    commits: run.commits,
    changeSet: header.changeSet,
    startedAt: header.startedAt,
    endedAt,
    checks: run.checks,
    reason: ending.reason,
    manualCommands: run.manualCommands,
    unrecorded: !run.recorded && (ending.outcome === 'applied' || ending.outcome === 'reverted'),
    unproven: header.offline || settlement?.judged?.unproven === true,
    ...(run.othersEdits.length === 0 ? {} : { othersEdits: run.othersEdits }),
    ...(run.renewed.length === 0 ? {} : { renewed: run.renewed }),
    ...(settlement === undefined ? {} : { settled: settledBy(settlement) }),
    ...(until === null ? {} : { confirmUntil: until }),
    ...(run.answer === null ? {} : { answered: run.answer }),
  };
}
