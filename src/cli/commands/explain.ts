import { Args } from '@oclif/core';

import { BaseCommand } from '../base-command.ts';

export default class Explain extends BaseCommand {
  static override summary = 'explain a diagnostic code; without one, list all codes';
  static override examples = ['<%= config.bin %> explain SP9004'];
  static override args = {
    code: Args.string({ ignoreStdin: true, description: 'code of a message, such as SP9004' }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Explain);
    await this.answer(flags, async () => {
      const { explainCode, listCodes } = await import('../views/explain-view.ts');
      const entries = args.code === undefined ? listCodes() : [explainCode(args.code)];
      return {
        result: entries,
        exitCode: 0,
        text: async (view) => {
          const { codeListView, explainView } = await import('../views/explain-view.ts');
          const [entry] = entries;
          return args.code === undefined || entry === undefined
            ? codeListView(entries)
            : explainView(entry, view);
        },
      };
    });
  }
}
