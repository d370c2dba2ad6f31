import { Flags } from '@oclif/core';

import { BaseCommand } from '../../base-command.ts';

export default class History extends BaseCommand {
  static override summary = 'list what was applied and reverted on this host';
  static override examples = [
    '<%= config.bin %> history --limit 5',
    '<%= config.bin %> history show 01K2Y3',
  ];
  static override flags = {
    limit: Flags.integer({
      char: 'n',
      default: 20,
      min: 1,
      max: 100_000,
      helpValue: 'N',
      description: 'newest N commits',
    }),
  };

  override async run(): Promise<void> {
    const { flags } = await this.parse(History);
    await this.answer(flags, async (context) => {
      const { readHistory } = await import('../../../operations/read-history.ts');
      const result = await readHistory(await context.session(), flags.limit);
      return {
        result,
        exitCode: 0,
        text: async (view) => {
          const { historyView } = await import('../../views/history-view.ts');
          return historyView(result, view, flags.limit);
        },
      };
    });
  }
}
