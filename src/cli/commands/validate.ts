import { BaseCommand } from '../base-command.ts';
import { VARIABLE_FLAGS } from '../plan-flags.ts';
import { shellLine } from '../../diagnostics/shell-words.ts';
import { readVariables } from '../variables.ts';

export default class Validate extends BaseCommand {
  static override summary = 'check plan files and show every problem at once';
  static override examples = [
    '<%= config.bin %> validate',
    '<%= config.bin %> validate --host cp-1',
  ];
  static override flags = VARIABLE_FLAGS;

  override async run(): Promise<void> {
    const { flags } = await this.parse(Validate);
    await this.answer(flags, async (context) => {
      const vars = await readVariables(flags['var-file'] ?? [], flags.var ?? []);
      const { validateWorkspace } = await import('../../operations/validate-workspace.ts');
      const result = await validateWorkspace(await context.session(), { vars });
      const next = shellLine(['setpoint', 'plan', ...context.repeatedFlags]);
      return {
        result,
        exitCode: 0,
        diagnostics: result.warnings,
        text: async (view) => {
          const { validateView } = await import('../views/validate-view.ts');
          return validateView(result, view, next);
        },
      };
    });
  }
}
