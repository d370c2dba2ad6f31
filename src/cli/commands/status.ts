import { Flags } from '@oclif/core';

import { BaseCommand } from '../base-command.ts';

export default class Status extends BaseCommand {
  static override summary = 'show what is recorded and where the host differs';
  static override description =
    'Two columns before each file: M content differs, m mode or owner differs, D gone; H a plan is held.';
  static override examples = ['<%= config.bin %> status'];
  static override flags = {
    verbose: Flags.boolean({ default: false, description: 'show files in sync too' }),
  };

  override async run(): Promise<void> {
    const { flags } = await this.parse(Status);
    await this.answer(flags, async (context) => {
      const { readStatus } = await import('../../operations/read-status.ts');
      const result = await readStatus(await context.session());
      return {
        result,
        exitCode: 0,
        text: async (view) => {
          const { statusView } = await import('../views/status-view.ts');
          return statusView(result, { ...view, verbose: flags.verbose });
        },
      };
    });
  }
}
