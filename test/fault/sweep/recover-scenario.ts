import { settleOpenRuns } from '../../../src/apply/recovery/recover.ts';
import type { Diagnostic } from '../../../src/diagnostics/diagnostic.ts';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';
import { openScenario } from './scenario-host.ts';

/** What one recovery did. `outcomes` is empty when nothing was open. */
export interface Recovered {
  readonly outcomes: readonly string[];
  /** It could not be done: for people. */
  readonly error: string | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Takes the lock under `root` and settles what is open there, as `setpoint recover` does. Throws what is no SetpointError. */
export async function recoverScenario(root: string): Promise<Recovered> {
  try {
    const scenario = await openScenario(root, 'recovery');
    try {
      const ended = await settleOpenRuns(scenario.context);
      const diagnostics = ended.flatMap((run) => run.diagnostics);
      const outcomes = ended.map(({ report, open }) => report.outcome + (open ? ' (open)' : ''));
      return { outcomes, error: null, diagnostics };
    } finally {
      await scenario.close();
    }
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    const words = error.diagnostics.map(({ code, message }) => `${code} ${message}`).join('; ');
    return { outcomes: [], error: words, diagnostics: error.diagnostics };
  }
}
