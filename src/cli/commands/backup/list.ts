import { Args } from '@oclif/core';

import { BaseCommand } from '../../base-command.ts';
import { hostPath } from '../../host-path.ts';

export default class BackupList extends BaseCommand {
  static override summary = 'list what runs replaced, newest first';
  static override examples = [
    '<%= config.bin %> backup list',
    '<%= config.bin %> backup list /etc/kubernetes/manifests/kube-apiserver.yaml',
  ];
  static override args = {
    path: Args.string({ ignoreStdin: true, description: 'only backups that have this file' }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(BackupList);
    await this.answer(flags, async (context) => {
      const { listBackups } = await import('../../../operations/backups/read-backups.ts');
      const path = args.path === undefined ? null : hostPath(args.path);
      const result = listBackups(await context.session(), path);
      return {
        result,
        exitCode: 0,
        diagnostics: result.problems,
        text: async (view) => {
          const { backupListView } = await import('../../views/backup-view.ts');
          return backupListView(result, view, path);
        },
      };
    });
  }
}
