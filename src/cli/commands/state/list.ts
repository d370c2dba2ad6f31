import { BaseCommand } from '../../base-command.ts';

export default class StateList extends BaseCommand {
  static override summary = 'list every managed file with its plans and its last run';
  static override examples = ['<%= config.bin %> state list'];

  override async run(): Promise<void> {
    const { flags } = await this.parse(StateList);
    await this.answer(flags, async (context) => {
      const { listState } = await import('../../../operations/state/read-state.ts');
      const result = await listState(await context.session());
      return {
        result,
        exitCode: 0,
        diagnostics: result.warnings,
        text: async (view) => {
          const { stateListView } = await import('../../views/state-view.ts');
          return stateListView(result, view);
        },
      };
    });
  }
}
