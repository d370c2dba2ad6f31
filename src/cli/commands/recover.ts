import { BaseCommand } from '../base-command.ts';
import { openProgress } from '../progress.ts';
import { toldAsReason } from '../views/report-lines.ts';

export default class Recover extends BaseCommand {
  static override summary = 'settle runs whose command died';
  static override description =
    'Every file of such a run becomes all old or all new. Other commands that change the host do this first, too.';
  static override examples = ['<%= config.bin %> recover'];

  override async run(): Promise<void> {
    const { flags } = await this.parse(Recover);
    await this.answer(flags, async (context) => {
      const session = await context.session();
      const progress = await openProgress(context);
      const { recoverRuns } = await import('../../operations/recover-runs.ts');
      try {
        const result = await recoverRuns(session, progress.listener);
        return {
          result,
          exitCode: result.exitCode,
          diagnostics: result.problems,
          told: (problem) => toldAsReason(problem, result.recovered),
          text: async (view) => {
            const { recoverView } = await import('../views/apply-view.ts');
            return recoverView(result, view);
          },
        };
      } finally {
        await progress.finish();
      }
    });
  }
}
