import { Args } from '@oclif/core';

import { BaseCommand } from '../base-command.ts';
import { goBack } from '../going-back.ts';
import { RUN_FLAGS } from '../run-flags.ts';

export default class Revert extends BaseCommand {
  static override summary = 'take one run back at once, and nothing that came later';
  static override description =
    'A run like an apply: gates watch, and a red one takes it back. Plan files stay as they are; the plan is held until they change.';
  static override examples = [
    '<%= config.bin %> revert 01K2Y3',
    '<%= config.bin %> revert 4b8c1d2 --auto-approve',
  ];
  static override args = {
    run: Args.string({
      required: true,
      ignoreStdin: true,
      description:
        'id of the run, its first letters, or the workspace commit that it alone applied',
    }),
  };
  static override flags = RUN_FLAGS;

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Revert);
    const { run } = args;
    const { revertPreview, revertView } = await import('../views/revert-view.ts');
    const { revertRun } = await import('../../operations/revert-run.ts');
    await this.answer(flags, (context) =>
      goBack(context, flags, {
        command: 'revert',
        question: 'Take this run back',
        preview: revertPreview,
        text: revertView,
        carryOut: (session, options) => revertRun(session, { ...options, run }),
      }),
    );
  }
}
