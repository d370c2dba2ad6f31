import { Flags } from '@oclif/core';

import { BaseCommand } from '../base-command.ts';

export default class InstallRecovery extends BaseCommand {
  static override summary = 'settle at boot what was open when the machine went down';
  static override description =
    'Writes two systemd units and enables them; the first apply as root does the same. Nothing else changes.';
  static override examples = [
    '<%= config.bin %> install-recovery',
    '<%= config.bin %> install-recovery --print',
  ];
  static override flags = {
    print: Flags.boolean({
      default: false,
      exclusive: ['remove'],
      description: 'show the units, write nothing',
    }),
    remove: Flags.boolean({
      default: false,
      description: 'take the units away; no apply brings them back',
    }),
  };

  override async run(): Promise<void> {
    const { flags } = await this.parse(InstallRecovery);
    await this.answer(flags, async (context) => {
      const { installRecovery } = await import('../../operations/install-recovery.ts');
      const mode = flags.print ? 'print' : flags.remove ? 'remove' : 'install';
      const result = await installRecovery(await context.session(), mode);
      return {
        result,
        exitCode: 0,
        text: async () => {
          const { installRecoveryView } = await import('../views/install-recovery-view.ts');
          return installRecoveryView(result, mode);
        },
      };
    });
  }
}
