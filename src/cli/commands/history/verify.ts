import { BaseCommand } from '../../base-command.ts';

export default class HistoryVerify extends BaseCommand {
  static override summary = 'check the audit log against itself and the commits';
  static override description =
    'Every record must carry the hash of the one before, and every head that a state commit names (Audit-Head) must be a record. Exit 1 when the log was changed, cut or replaced.';
  static override examples = ['<%= config.bin %> history verify'];

  override async run(): Promise<void> {
    const { flags } = await this.parse(HistoryVerify);
    await this.answer(flags, async (context) => {
      const { verifyHistory } = await import('../../../operations/verify-history.ts');
      const result = await verifyHistory(await context.session());
      return {
        result,
        exitCode: result.exitCode,
        diagnostics: result.problems,
        text: async () => {
          const { verifyHistoryView } = await import('../../views/verify-history-view.ts');
          return verifyHistoryView(result);
        },
      };
    });
  }
}
