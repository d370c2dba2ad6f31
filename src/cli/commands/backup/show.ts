import { Args, Flags } from '@oclif/core';

import { BaseCommand } from '../../base-command.ts';
import { hostPath } from '../../host-path.ts';

export default class BackupShow extends BaseCommand {
  static override summary = 'show a backup, or print one file of it';
  static override description =
    'With PATH the content of that file goes to stdout as it was, byte for byte. With --diff: what a restore would change.';
  static override examples = [
    '<%= config.bin %> backup show 01K2Y3',
    '<%= config.bin %> backup show 01K2Y3 /etc/app/app.conf > app.conf',
    '<%= config.bin %> backup show 01K2Y3 --diff',
  ];
  static override args = {
    run: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'id of the run that replaced the files, or its first letters',
    }),
    path: Args.string({ ignoreStdin: true, description: 'print this file' }),
  };
  static override flags = {
    diff: Flags.boolean({ default: false, description: 'difference to the files as they are' }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(BackupShow);
    await this.answer(flags, async (context) => {
      const { showBackup } = await import('../../../operations/backups/read-backups.ts');
      const path = args.path === undefined ? null : hostPath(args.path);
      const result = await showBackup(await context.session(), {
        run: args.run,
        path,
        diff: flags.diff,
      });
      const { content } = result;
      return {
        result,
        exitCode: 0,
        text: async (view) => {
          if (content !== null) {
            // Not through the view: not a byte may be added.
            process.stdout.write(Buffer.from(content.text, content.encoding));
            return '';
          }
          const { backupShowView } = await import('../../views/backup-view.ts');
          return backupShowView(result, view);
        },
      };
    });
  }
}
