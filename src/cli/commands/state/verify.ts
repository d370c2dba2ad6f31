import { BaseCommand } from '../../base-command.ts';

export default class StateVerify extends BaseCommand {
  static override summary = 'check that the record is whole and compare it with the remote';
  static override description =
    'Exit 1 when something is missing or damaged or the remote cannot be asked, 6 when the remote has commits that are not here.';
  static override examples = ['<%= config.bin %> state verify'];

  override async run(): Promise<void> {
    const { flags } = await this.parse(StateVerify);
    await this.answer(flags, async (context) => {
      const { verifyState } = await import('../../../operations/state/verify-state.ts');
      const result = await verifyState(await context.session());
      return {
        result,
        exitCode: result.exitCode,
        diagnostics: result.problems,
        text: async (view) => {
          const { stateVerifyView } = await import('../../views/state-view.ts');
          return stateVerifyView(result, view);
        },
      };
    });
  }
}
