import { Args } from '@oclif/core';

import { BaseCommand } from '../../base-command.ts';

export default class HistoryShow extends BaseCommand {
  static override summary = 'show one run: its checks, commits and changes';
  static override description =
    'What was done and by whom, who confirmed it or settled it by hand, what was overridden, every gate with its time, attempt and revert, audit rows, and the diff of the managed files.';
  static override examples = ['<%= config.bin %> history show 01K2Y3'];
  static override args = {
    run: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'id of the run; the first letters are enough when only one run has them',
    }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(HistoryShow);
    await this.answer(flags, async (context) => {
      const { readRun } = await import('../../../operations/read-run.ts');
      const result = await readRun(await context.session(), args.run);
      return {
        result,
        exitCode: 0,
        diagnostics: result.problems,
        text: async (view) => {
          const { runView } = await import('../../views/run-view.ts');
          return runView(result, view);
        },
      };
    });
  }
}
