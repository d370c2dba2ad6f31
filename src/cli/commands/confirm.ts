import { Args, Flags } from '@oclif/core';

import { BaseCommand } from '../base-command.ts';
import { openProgress } from '../progress.ts';
import { toldAsReason } from '../views/report-lines.ts';

export default class Confirm extends BaseCommand {
  static override summary = 'keep a change of apply --confirm-within, or take it back now';
  static override description =
    'The run is proven healthy and waits; without this it is taken back when its time is over. The first decision counts.';
  static override examples = [
    '<%= config.bin %> confirm',
    '<%= config.bin %> confirm 01JZ8Y2M3N4P5Q6R7S8T9V0W1X',
    '<%= config.bin %> confirm --reject',
  ];
  static override args = {
    run: Args.string({
      required: false,
      ignoreStdin: true,
      description: 'the run that waits; default the only one',
    }),
  };
  static override flags = {
    reject: Flags.boolean({ default: false, description: 'take the change back now' }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Confirm);
    await this.answer(flags, async (context) => {
      const session = await context.session();
      // The installation may be gone when the run is over: what the answer needs is loaded before the first write.
      const { confirmView } = await import('../views/apply-view.ts');
      const progress = await openProgress(context);
      const { confirmRun } = await import('../../operations/confirm-run.ts');
      const { reject } = flags;
      try {
        const result = await confirmRun(session, {
          run: args.run ?? null,
          reject,
          listener: progress.listener,
        });
        return {
          result,
          exitCode: result.exitCode,
          diagnostics: result.problems,
          told: (problem) => toldAsReason(problem, [result.report]),
          text: (view) => confirmView(result, view),
        };
      } finally {
        await progress.finish();
      }
    });
  }
}
