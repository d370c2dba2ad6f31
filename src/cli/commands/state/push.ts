import { BaseCommand } from '../../base-command.ts';

export default class StatePush extends BaseCommand {
  static override summary = 'push what is recorded to the remote now';
  static override description =
    'Asks the remote also when it is known to have everything. Never by force: exit 6 when the remote has something else, with the way out.';
  static override examples = ['<%= config.bin %> state push'];

  override async run(): Promise<void> {
    const { flags } = await this.parse(StatePush);
    await this.answer(flags, async (context) => {
      const { pushState } = await import('../../../operations/state/push-state.ts');
      const result = await pushState(await context.session());
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
