import { Args } from '@oclif/core';

import { BaseCommand } from '../base-command.ts';

export default class Blame extends BaseCommand {
  static override summary = 'show which run set each item of a managed file';
  static override description = `By whom, when, from which plan commit, and what was there before. ADDRESS is PLAN, PLAN/RESOURCE, PLAN/RESOURCE/FLAG or FILE#FLAG; a file's own items are content and mode. All comes from the recorded state: no workspace is needed, and edits that nobody applied are not seen (setpoint status).`;
  static override examples = [
    '<%= config.bin %> blame /etc/kubernetes/manifests/kube-apiserver.yaml',
    '<%= config.bin %> blame /etc/kubernetes/manifests/kube-apiserver.yaml#profiling',
    '<%= config.bin %> blame apiserver-profiling/apiserver/profiling',
  ];
  static override args = {
    'file|address': Args.string({
      required: true,
      ignoreStdin: true,
      description: 'a managed file as the host sees it, or an address in plan-file notation',
    }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Blame);
    await this.answer(flags, async (context) => {
      const { blame } = await import('../../operations/blame.ts');
      const result = await blame(await context.session(), args['file|address']);
      return {
        result,
        exitCode: 0,
        text: async (view) => {
          const { blameView } = await import('../views/blame-view.ts');
          return blameView(result, view);
        },
      };
    });
  }
}
