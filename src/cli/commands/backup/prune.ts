import { Flags } from '@oclif/core';

import { BaseCommand } from '../../base-command.ts';
import { toldAsReason } from '../../views/report-lines.ts';

export default class BackupPrune extends BaseCommand {
  static override summary = 'remove backups that no retention rule wants';
  static override description =
    'Each apply does this too. The rules are `backups:` in setpoint.yaml; a backup stays when any of them wants it.';
  static override examples = ['<%= config.bin %> backup prune --dry-run'];
  static override flags = {
    'dry-run': Flags.boolean({ default: false, description: 'only say what would go' }),
  };

  override async run(): Promise<void> {
    const { flags } = await this.parse(BackupPrune);
    await this.answer(flags, async (context) => {
      const { pruneBackups } = await import('../../../operations/backups/prune-backups.ts');
      const result = await pruneBackups(await context.session(), { dryRun: flags['dry-run'] });
      return {
        result,
        exitCode: result.exitCode,
        diagnostics: result.problems,
        told: (problem) => toldAsReason(problem, result.recovered),
        text: async (view) => {
          const { pruneView } = await import('../../views/backup-view.ts');
          return pruneView(result, view);
        },
      };
    });
  }
}
