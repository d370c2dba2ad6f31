import { Args } from '@oclif/core';

import { BaseCommand } from '../base-command.ts';
import { loadChangeSet } from '../change-set-file.ts';
import { PLAN_VIEW_FLAGS } from '../plan-flags.ts';
import { shellLine } from '../../diagnostics/shell-words.ts';

export default class Show extends BaseCommand {
  static override summary = 'show a saved change set';
  static override examples = ['<%= config.bin %> show plan.json --diff'];
  static override args = {
    file: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'file that plan --out wrote; - reads standard input',
    }),
  };
  static override flags = PLAN_VIEW_FLAGS;

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Show);
    await this.answer(flags, async (context) => {
      const set = await loadChangeSet(args.file);
      const { expiryProblem } = await import('../../operations/planning/expiry-problem.ts');
      const expired = expiryProblem(set, new Date());
      return {
        result: set,
        exitCode: 0,
        diagnostics: expired === null ? [] : [{ ...expired, severity: 'warning' }],
        text: async (view) => {
          const { planView } = await import('../views/plan-view.ts');
          // What apply refuses does not come next; the warning says what does.
          const apply = ['setpoint', 'apply', args.file, ...context.repeatedFlags];
          const next = expired === null ? shellLine(apply) : null;
          const { verbose, diff, compact } = flags;
          const found = { set, blockers: [], warnings: [], recordedCommit: null, savedTo: null };
          return planView(found, { ...view, verbose, diff, compact, next, observed: false });
        },
      };
    });
  }
}
