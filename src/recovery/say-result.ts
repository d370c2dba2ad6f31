import type { RunEvent } from '../model/run-event.ts';
import type { SettledRuns } from '../operations/results.ts';
import { say } from './say.ts';

/** Files and verdicts; single attempts of a gate would fill the log. */
export function sayEvent(event: RunEvent): void {
  if (event.type === 'recovery-started') say(`run ${event.run} (${event.plan}) is open`);
  if (event.type === 'awaiting-confirmation') {
    say(`run ${event.run} waits until ${event.until} to be confirmed`);
  }
  if (event.type === 'restored' || event.type === 'written') say(`${event.type} ${event.path}`);
}

export function sayResult({ recovered, problems }: SettledRuns): void {
  for (const { run, plan, outcome, reason } of recovered) {
    say(`run ${run} (${plan}) ended ${outcome}${reason === null ? '' : `: ${reason}`}`);
  }
  for (const { code, message } of problems) say(`${code}: ${message}`);
}
