import { Flags } from '@oclif/core';

import { BaseCommand } from '../../base-command.ts';

export default class StateAdopt extends BaseCommand {
  static override summary = "put the record of this host on top of the remote's";
  static override description =
    'For a machine that was installed anew (an empty record begins) or whose own record counts. Changes no managed file; the history of the remote stays beneath it.';
  static override examples = ['<%= config.bin %> state adopt --reason "new disk"'];
  static override flags = {
    reason: Flags.string({
      helpValue: 'TEXT',
      description: 'why; recorded in audit log and state commit',
    }),
  };

  override async run(): Promise<void> {
    const { flags } = await this.parse(StateAdopt);
    await this.answer(flags, async (context) => {
      const { adoptState } = await import('../../../operations/state/take-record.ts');
      const result = await adoptState(await context.session(), { reason: flags.reason ?? null });
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
