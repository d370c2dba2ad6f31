import { Args } from '@oclif/core';

import { BaseCommand } from '../../base-command.ts';
import { hostPath } from '../../host-path.ts';

export default class StateShow extends BaseCommand {
  static override summary = 'show what is recorded about one file';
  static override examples = [
    '<%= config.bin %> state show /etc/kubernetes/manifests/kube-apiserver.yaml',
  ];
  static override args = {
    path: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'the file as the host sees it',
    }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(StateShow);
    await this.answer(flags, async (context) => {
      const { showState } = await import('../../../operations/state/read-state.ts');
      const result = await showState(await context.session(), hostPath(args.path));
      return {
        result,
        exitCode: 0,
        text: async (view) => {
          const { stateShowView } = await import('../../views/state-view.ts');
          return stateShowView(result, view);
        },
      };
    });
  }
}
