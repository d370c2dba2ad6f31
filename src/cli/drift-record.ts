import type { Variables } from '../model/plan-file.ts';
import { recordDrift } from '../operations/record-drift.ts';
import type { Answer } from './base-command.ts';
import type { CommandContext } from './command-context.ts';
import { driftRecordView } from './views/drift-record-view.ts';

/** `drift --record`. */
export async function driftRecord(
  context: CommandContext,
  vars: Variables,
  verbose: boolean,
): Promise<Answer> {
  const result = await recordDrift(await context.session(), { vars });
  return {
    result,
    exitCode: result.exitCode,
    diagnostics: result.warnings,
    text: (view) => driftRecordView(result, { ...view, verbose }),
  };
}
