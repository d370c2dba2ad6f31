import { existsSync } from 'node:fs';
import type { Ending } from '../machine/ending.ts';
import type { OpenRun } from '../machine/open-run.ts';

/**
 * Tells that a run stays open although its files and its record are as they have to be (SP4207): what it made could not be removed,
 * or its end not be noted. Of a run that is kept nothing else is an error then. One whose record is missing says so by itself, and a
 * library's transaction has its own words.
 */
export function sayLeftOpen(run: OpenRun, { outcome, open }: Ending): void {
  const said = SETTLED[outcome];
  const { header, intent, diagnostics } = run;
  if (!open || said === undefined || header.operation === 'transaction') return;
  if (outcome !== 'failed' && outcome !== 'interrupted' && !run.recorded) return;
  if (outcome === 'applied') {
    diagnostics.splice(0, Infinity, ...diagnostics.map(asWarning));
  }
  const left = (intent?.stageDirectories ?? []).filter((directory) => existsSync(directory));
  const what =
    left.length === 0
      ? 'what it left could not be cleared away'
      : `${left.join(', ')} could not be removed`;
  diagnostics.push({
    code: 'SP4207',
    severity: 'warning',
    message: `run ${header.run} (plan ${header.plan}) ${said}, but stays open: ${what}`,
    help: `Remove the cause, then finish it: setpoint recover ${header.run}. The next apply tries that first, and stops with exit code 4 as long as it fails.`,
  });
}

const SETTLED: Partial<Readonly<Record<Ending['outcome'], string>>> = {
  applied: 'is kept and recorded',
  reverted: 'is taken back and recorded',
  'kept-live': 'is settled and recorded',
  failed: 'changed nothing',
  interrupted: 'changed nothing',
};

function asWarning(problem: OpenRun['diagnostics'][number]): OpenRun['diagnostics'][number] {
  return problem.severity === 'error' ? { ...problem, severity: 'warning' } : problem;
}
