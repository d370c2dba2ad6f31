/**
 * The applier that the fault programs kill, starve and lie to, as a process of its own (build-process.ts bundles it):
 *
 *     node scenario-process.mjs ROOT kept|reverted|renewed|abandoned|interrupted|outvoted|kept-signed|reverted-signed   one apply; prints its outcome as the last line
 *     node scenario-process.mjs ROOT prepare                               an earlier apply, so that there is something recorded
 *     node scenario-process.mjs ROOT transaction                           the library changes files together
 *     node scenario-process.mjs ROOT recover                               settles what is open; prints the outcomes
 *     node scenario-process.mjs serve                                      the same for each root read from stdin, one line each
 *
 * Ids, times and temporary names are the same in every run (build-process.ts), so that a system call can be named by its path.
 */
import { createInterface } from 'node:readline';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { SetpointError } from '../../../src/diagnostics/setpoint-error.ts';
import { applyInput, prepareInput } from './scenario-input.ts';
import { openScenario, type Scenario } from './scenario-host.ts';
import { MODES, OUTVOTED, SIGNED, type Play } from './scenario.ts';
import { recoverScenario, type Recovered } from './recover-scenario.ts';
import { transactScenario } from './transact-scenario.ts';

const [first = '', action = ''] = process.argv.slice(2);
if (first === 'serve') await serve();
else if (action === 'recover') tell(await recoverScenario(first));
else if (action === 'transaction') tell(await transactScenario(first));
else if (action === 'prepare') await apply(first, null);
else if (isMode(action)) await apply(first, action);
else throw new TypeError(`unknown action ${action}`);

async function apply(root: string, mode: Play | null): Promise<void> {
  let scenario: Scenario | null = null;
  try {
    scenario = await openScenario(root);
    const { context } = scenario;
    const input = mode === null ? await prepareInput(scenario) : await applyInput(scenario, mode);
    const { report, open, diagnostics } = await executeRun(context, input);
    await scenario.close();
    tell({ outcome: report.outcome, reason: report.reason, open, diagnostics });
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    await scenario?.close();
    tell({ outcome: 'refused', reason: null, open: false, diagnostics: error.diagnostics });
    process.exitCode = error.exitCode;
  }
}

async function serve(): Promise<void> {
  for await (const root of createInterface({ input: process.stdin })) {
    tell(await recoverScenario(root).catch(failed));
  }
}

function failed(error: unknown): Recovered {
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { outcomes: [], error: words, diagnostics: [] };
}

function tell(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

function isMode(text: string): text is Play {
  return ([OUTVOTED, ...SIGNED, ...MODES] as readonly string[]).includes(text);
}
