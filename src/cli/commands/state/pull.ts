import { Flags } from '@oclif/core';

import { BaseCommand } from '../../base-command.ts';

export default class StatePull extends BaseCommand {
  static override summary = 'take the recorded state of this host from the remote';
  static override description =
    'For a host whose state directory was lost or put back from an older copy. Changes no managed file; what is recorded here and not at the remote stays in the history.';
  static override examples = ['<%= config.bin %> state pull'];
  static override flags = {
    reason: Flags.string({
      helpValue: 'TEXT',
      description: 'why; recorded in audit log and state commit',
    }),
    'accept-rewrite': Flags.string({
      helpValue: 'REV',
      description: 'take this commit of the remote although its branch was rewritten (SP5086)',
    }),
  };

  override async run(): Promise<void> {
    const { flags } = await this.parse(StatePull);
    await this.answer(flags, async (context) => {
      const { pullState } = await import('../../../operations/state/take-record.ts');
      const result = await pullState(await context.session(), {
        reason: flags.reason ?? null,
        acceptRewrite: flags['accept-rewrite'] ?? null,
      });
      return {
        result,
        exitCode: result.exitCode,
        diagnostics: result.problems,
        text: async (view) => {
          const { stateExchangeView } = await import('../../views/state-view.ts');
          return stateExchangeView(result, view);
        },
      };
    });
  }
}
