import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { StateCommitSpec } from '../../model/state-change.ts';
import type { OpenRun } from '../machine/open-run.ts';

/**
 * The commit with its signature, made before the commit is promised to anybody: whoever writes it later takes this very text. What
 * cannot be signed any more (the key is gone, a guardian has no agent) is recorded without, and told: a record counts more.
 */
export async function signed(run: OpenRun, spec: StateCommitSpec): Promise<StateCommitSpec> {
  const { signingKey, run: id } = run.header;
  if (signingKey === undefined) return spec;
  try {
    return await run.context.state.sign(spec, signingKey);
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    const why = error.diagnostics.map(({ message }) => message).join('; ');
    run.diagnostics.push({
      code: 'SP5094',
      severity: 'warning',
      message: `run ${id} is recorded without a signature: ${why}`,
      help: '`setpoint state verify` counts what is not signed.',
    });
    return spec;
  }
}
