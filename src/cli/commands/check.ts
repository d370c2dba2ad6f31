import { BaseCommand } from '../base-command.ts';
import { interrupted, interruptible } from '../interruptible.ts';
import { planNames, PLANS_ARGUMENT, VARIABLE_FLAGS } from '../plan-flags.ts';
import type { InterruptTalk } from '../signals.ts';
import { readVariables } from '../variables.ts';

/** The commands of checks run in process groups of their own, which Ctrl-C does not reach: they have to be ended first. */
const TALK: InterruptTalk = {
  first: (name) => process.stderr.write(`\n${name}: ending the running checks\n`),
  second: () => {},
};

export default class Check extends BaseCommand {
  static override summary = 'run the gates and audits of plans once; changes nothing';
  static override examples = ['<%= config.bin %> check apiserver-audit-log'];
  static override args = PLANS_ARGUMENT;
  static override flags = VARIABLE_FLAGS;

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Check);
    await this.answer(flags, async (context) => {
      const vars = await readVariables(flags['var-file'] ?? [], flags.var ?? []);
      const { checkHost } = await import('../../operations/check-host.ts');
      const plans = planNames(args.plans);
      const session = await context.session();
      const { value: result, received } = await interruptible(TALK, (signal) =>
        checkHost(session, { plans, vars, signal }),
      );
      if (received !== null) throw interrupted(received);
      return {
        result,
        exitCode: result.exitCode,
        text: async (view) => {
          const { checkView } = await import('../views/check-view.ts');
          return checkView(result, view);
        },
      };
    });
  }
}
