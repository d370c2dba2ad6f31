import { Args, Flags } from '@oclif/core';

import { BaseCommand } from '../base-command.ts';
import { shellLine } from '../../diagnostics/shell-words.ts';

export default class Import extends BaseCommand {
  static override summary = 'write a plan file from a live manifest';
  static override examples = [
    '<%= config.bin %> import /etc/kubernetes/manifests/kube-apiserver.yaml',
  ];
  static override args = {
    file: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'path of the manifest on the host (inside --root)',
    }),
  };
  static override flags = {
    name: Flags.string({
      helpValue: 'NAME',
      description: 'name of the plan; default from the file',
    }),
    container: Flags.string({
      helpValue: 'NAME',
      description: 'container to import; needed when the manifest has several',
    }),
    stdout: Flags.boolean({ default: false, description: 'print the plan file, write nothing' }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Import);
    await this.answer(flags, async (context) => {
      const { importFile } = await import('../../operations/import-file.ts');
      const { name = null, container = null, stdout } = flags;
      const options = { path: args.file, name, container, stdout };
      const result = await importFile(await context.session(), options);
      const next = shellLine(['setpoint', 'plan', result.plan, ...context.repeatedFlags]);
      return {
        result,
        exitCode: 0,
        text: async () => {
          if (stdout) return result.text;
          const { importView } = await import('../views/import-view.ts');
          return importView(result, next);
        },
      };
    });
  }
}
