import { Flags } from '@oclif/core';

import { BaseCommand } from '../base-command.ts';
import { VARIABLE_FLAGS } from '../plan-flags.ts';
import { readVariables } from '../variables.ts';

export default class Drift extends BaseCommand {
  static override summary = 'show where the host differs from what is recorded';
  static override description =
    'Exit 2 when something drifted, whatever plan files want; a workspace is not needed. Changes nothing.';
  static override examples = [
    '<%= config.bin %> drift',
    '<%= config.bin %> drift --json',
    '<%= config.bin %> drift --verbose',
  ];
  static override flags = {
    ...VARIABLE_FLAGS,
    verbose: Flags.boolean({
      default: false,
      description: 'show full values, and items that are ignored, pending or in sync',
    }),
  };

  override async run(): Promise<void> {
    const { flags } = await this.parse(Drift);
    await this.answer(flags, async (context) => {
      const vars = await readVariables(flags['var-file'] ?? [], flags.var ?? []);
      const { detectDrift } = await import('../../operations/detect-drift.ts');
      const result = await detectDrift(await context.session(), { vars });
      return {
        result,
        exitCode: result.exitCode,
        diagnostics: result.warnings,
        text: async (view) => {
          const { driftView } = await import('../views/drift-view.ts');
          return driftView(result, { ...view, verbose: flags.verbose });
        },
      };
    });
  }
}
