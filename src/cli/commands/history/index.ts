import { Args, Flags } from '@oclif/core';

import { BaseCommand } from '../../base-command.ts';
import type { HostPath } from '../../../model/brand.ts';
import { hostPath } from '../../host-path.ts';

export default class History extends BaseCommand {
  static override summary = 'list what was applied and reverted on this host';
  static override description =
    'One line a run that recorded something, newest first; attempt and revert are one run. All comes from the recorded state: no workspace is needed.';
  static override examples = [
    '<%= config.bin %> history --limit 5',
    '<%= config.bin %> history apiserver-profiling',
    '<%= config.bin %> history /etc/kubernetes/manifests/kube-apiserver.yaml',
    '<%= config.bin %> history show 01K2Y3',
  ];
  static override args = {
    'plan|file': Args.string({
      ignoreStdin: true,
      description: 'only runs of this plan, or runs that changed what is recorded of this file',
    }),
  };
  static override flags = {
    limit: Flags.integer({
      char: 'n',
      default: 20,
      min: 1,
      max: 100_000,
      helpValue: 'N',
      description: 'newest N runs',
    }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(History);
    await this.answer(flags, async (context) => {
      const { readHistory } = await import('../../../operations/read-history.ts');
      const subject = args['plan|file'];
      const only = subject === undefined ? undefined : filterOf(subject);
      const result = await readHistory(await context.session(), flags.limit, only);
      return {
        result,
        exitCode: 0,
        diagnostics: result.warnings,
        text: async (view) => {
          const { historyView } = await import('../../views/history-view.ts');
          return historyView(result, view, { limit: flags.limit, subject });
        },
      };
    });
  }
}

/** Plan names have no slash, host paths begin with one. */
function filterOf(subject: string): { plan: string } | { path: HostPath } {
  return subject.startsWith('/') ? { path: hostPath(subject) } : { plan: subject };
}
