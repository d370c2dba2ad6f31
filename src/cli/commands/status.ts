import { Flags } from '@oclif/core';

import { BaseCommand } from '../base-command.ts';
import { VARIABLE_FLAGS } from '../plan-flags.ts';
import { readVariables } from '../variables.ts';

export default class Status extends BaseCommand {
  static override summary = 'show what is recorded and where the host differs';
  static override description =
    'Two columns before each file, drift (M content differs, m mode or owner differs, D gone, ? it cannot be compared) and what plan files want (P pending, H a plan is held).';
  static override examples = ['<%= config.bin %> status'];
  static override flags = {
    ...VARIABLE_FLAGS,
    verbose: Flags.boolean({ default: false, description: 'show files in sync too' }),
  };

  override async run(): Promise<void> {
    const { flags } = await this.parse(Status);
    await this.answer(flags, async (context) => {
      const { readStatus } = await import('../../operations/read-status.ts');
      const vars = await readVariables(flags['var-file'] ?? [], flags.var ?? []);
      const result = await readStatus(await context.session(), { vars });
      return {
        result,
        exitCode: 0,
        diagnostics: result.warnings,
        text: async (view) => {
          const { statusView } = await import('../views/status-view.ts');
          return statusView(result, { ...view, verbose: flags.verbose });
        },
      };
    });
  }
}
