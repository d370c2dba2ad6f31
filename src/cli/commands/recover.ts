import { Args, Flags } from '@oclif/core';

import type { SettleChoice } from '../../model/outcome.ts';
import { BaseCommand } from '../base-command.ts';
import { openProgress } from '../progress.ts';
import { usageError } from '../usage-error.ts';
import { toldAsReason } from '../views/report-lines.ts';

const CHOICES = ['take-old', 'take-new', 'keep-live'] as const;
const choice = (description: string, others: readonly SettleChoice[]) =>
  Flags.boolean({ default: false, description, exclusive: [...others, 'dry-run'] });

export default class Recover extends BaseCommand {
  static override summary = 'settle runs whose command died or whose revert failed';
  static override description =
    'Every file of a run whose command died becomes all old or all new. Other commands that change the host do this first, too. ' +
    'A run whose revert failed needs a person: without a choice its revert is tried again, and every version of its files is shown.';
  static override examples = [
    '<%= config.bin %> recover',
    '<%= config.bin %> recover --dry-run',
    '<%= config.bin %> recover 01K2Y3 --take-old --reason "the edit was a mistake"',
  ];
  static override args = {
    runs: Args.string({
      multiple: true,
      ignoreStdin: true,
      description:
        'ids of open runs, or how they begin; with a choice needed when several runs need a person',
    }),
  };
  static override flags = {
    'take-old': choice('every file gets its version from before the run', [
      'take-new',
      'keep-live',
    ]),
    'take-new': choice('every file gets the version of the run', ['take-old', 'keep-live']),
    'keep-live': choice('files stay as they are, and are recorded so', ['take-old', 'take-new']),
    reason: Flags.string({ helpValue: 'TEXT', description: 'why; recorded with the choice' }),
    'dry-run': Flags.boolean({
      default: false,
      description: 'only show open runs, the versions of their files and what each choice would do',
    }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Recover);
    const chosen = CHOICES.find((one) => flags[one]) ?? null;
    if (flags.reason !== undefined && chosen === null) {
      throw usageError('SP9001', '--reason needs --take-old, --take-new or --keep-live');
    }
    await this.answer(flags, async (context) => {
      const session = await context.session();
      // The installation may be gone when the run is over: what the answer needs is loaded before the first write.
      const { recoverView } = await import('../views/recover-view.ts');
      const progress = await openProgress(context);
      const { recoverRuns } = await import('../../operations/recover-runs.ts');
      const { listener } = progress;
      const reason = flags.reason ?? null;
      try {
        const result = await recoverRuns(session, {
          runs: args.runs ?? [],
          choice: chosen === null ? null : { choice: chosen, reason },
          dryRun: flags['dry-run'],
          listener,
        });
        return {
          result,
          exitCode: result.exitCode,
          diagnostics: result.problems,
          told: (problem) => toldAsReason(problem, result.recovered),
          text: (view) => recoverView(result, view),
        };
      } finally {
        await progress.finish();
      }
    });
  }
}
