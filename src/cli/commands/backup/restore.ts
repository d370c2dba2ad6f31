import { Args } from '@oclif/core';

import { BaseCommand } from '../../base-command.ts';
import { goBack } from '../../going-back.ts';
import { hostPath } from '../../host-path.ts';
import { RUN_FLAGS } from '../../run-flags.ts';

export default class BackupRestore extends BaseCommand {
  static override summary = 'put files back to what they were before a run';
  static override description =
    'A run like an apply: gates watch, and a red one takes it back. Plan files stay as they are, so the next plan shows the difference.';
  static override examples = [
    '<%= config.bin %> backup restore 01K2Y3',
    '<%= config.bin %> backup restore 01K2Y3 /etc/app/app.conf --auto-approve',
  ];
  static override args = {
    run: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'id of the run that replaced the files, or its first letters',
    }),
    paths: Args.string({
      multiple: true,
      required: false,
      ignoreStdin: true,
      description: 'only these files; default all of the run',
    }),
  };
  static override flags = RUN_FLAGS;

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(BackupRestore);
    const { run } = args;
    const paths = (args.paths ?? []).map(hostPath);
    const { restorePreview, restoreView } = await import('../../views/restore-view.ts');
    const { restoreBackup } = await import('../../../operations/backups/restore-backup.ts');
    await this.answer(flags, (context) =>
      goBack(context, flags, {
        command: 'backup restore',
        question: 'Restore these files',
        preview: restorePreview,
        text: restoreView,
        carryOut: (session, options) => restoreBackup(session, { ...options, run, paths }),
      }),
    );
  }
}
