import { BaseCommand } from '../../base-command.ts';

export default class BackupVerify extends BaseCommand {
  static override summary = 'read every backup and compare it with its hash';
  static override description = 'Exit 1 when something is missing, damaged or cannot be read.';
  static override examples = ['<%= config.bin %> backup verify'];

  override async run(): Promise<void> {
    const { flags } = await this.parse(BackupVerify);
    await this.answer(flags, async (context) => {
      const { verifyBackups } = await import('../../../operations/backups/read-backups.ts');
      const result = await verifyBackups(await context.session());
      return {
        result,
        exitCode: result.exitCode,
        diagnostics: result.problems,
        text: async (view) => {
          const { backupVerifyView } = await import('../../views/backup-view.ts');
          return backupVerifyView(result, view);
        },
      };
    });
  }
}
