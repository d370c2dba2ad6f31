import type { Journal } from '../../apply/journal/journal.ts';
import type { RunContext } from '../../apply/machine/run-input.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { HostName } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';

/**
 * Before anything is restored: a run is recorded under the name that it was begun under. Under another one its commits would be on that
 * name's branch, with the facts of this one: afterwards neither could be read. Also before the first commit of any name, when the
 * record itself cannot tell. Throws SP5016 (exit 6).
 */
export function refuseRunsOfOthers(hostName: HostName, journals: readonly Journal[]): void {
  const other = journals.find(({ header }) => header.host !== hostName);
  if (other === undefined) return;
  const { run, plan, host } = other.header;
  throw new SetpointError(EXIT.stale, [
    {
      code: 'SP5016',
      severity: 'error',
      message: `run ${run} (plan ${plan}) is open and was begun on host ${host}, not ${hostName}`,
      help: `Name the host as before: \`setpoint recover ${run} --host ${host}\`, or write ${host} to etc/setpoint/host below the root for good.`,
    },
  ]);
}

/**
 * Before anything is restored: a run of this machine under another name could not be recorded (SP5016). A recorded state that is
 * damaged keeps no file from being restored; the run stays open until it can be recorded.
 */
export async function refuseRecordOfOther({ state }: RunContext): Promise<void> {
  try {
    await state.head();
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    if (error.diagnostics.some(({ code }) => code === 'SP5016')) throw error;
  }
}
