import { Flags } from '@oclif/core';

import { EXIT } from '../../model/outcome.ts';
import { BaseCommand } from '../base-command.ts';
import { nextApply } from '../next-apply.ts';
import { planNames, PLANS_ARGUMENT, PLAN_VIEW_FLAGS, VARIABLE_FLAGS } from '../plan-flags.ts';
import { readVariables } from '../variables.ts';
import { absolutePath } from '../working-directory.ts';

export default class Plan extends BaseCommand {
  static override summary = 'show what apply would change; changes nothing';
  static override examples = [
    '<%= config.bin %> plan',
    '<%= config.bin %> plan apiserver-audit-log --diff',
    '<%= config.bin %> plan --out plan.json',
  ];
  static override args = PLANS_ARGUMENT;
  static override flags = {
    ...VARIABLE_FLAGS,
    ...PLAN_VIEW_FLAGS,
    out: Flags.string({
      char: 'o',
      helpValue: 'FILE',
      description: 'save the change set, so that apply executes exactly it',
    }),
    'detailed-exitcode': Flags.boolean({
      default: false,
      description: 'exit 2 when there are changes',
    }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Plan);
    await this.answer(flags, async (context) => {
      const vars = await readVariables(flags['var-file'] ?? [], flags.var ?? []);
      const { planChanges } = await import('../../operations/plan-changes.ts');
      const plans = planNames(args.plans);
      const out = flags.out === undefined ? null : absolutePath('--out', flags.out);
      const result = await planChanges(await context.session(), { plans, vars, out });
      const { changeCount } = await import('../views/change-counts.ts');
      const pending = flags['detailed-exitcode'] && changeCount(result.set) > 0;
      return {
        result,
        exitCode: pending ? EXIT.pending : EXIT.done,
        diagnostics: [...result.blockers, ...result.warnings],
        inText: true,
        text: async (view) => {
          const { planView } = await import('../views/plan-view.ts');
          const next = nextApply(context, flags, plans);
          const { verbose, diff, compact } = flags;
          return planView(result, { ...view, verbose, diff, compact, next });
        },
      };
    });
  }
}
