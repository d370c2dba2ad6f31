import { Args, Flags } from '@oclif/core';
import type { Interfaces } from '@oclif/core';

import { BaseCommand } from '../base-command.ts';
import type { Answer } from '../base-command.ts';
import { applyInterruptible } from '../apply-interruptible.ts';
import { withRevert } from '../interrupted-apply.ts';
import { applySource, reasonsFor } from '../apply-request.ts';
import type { CommandContext } from '../command-context.ts';
import type { Millis } from '../../model/brand.ts';
import { confirmTime } from '../confirm-time.ts';
import { canPrompt } from '../prompt.ts';
import { VARIABLE_FLAGS } from '../plan-flags.ts';
import { OVERRIDE_FLAGS, RUN_FLAGS } from '../run-flags.ts';
import { DEFAULT_WAIT, waitLimit } from '../wait-limit.ts';
import { toldAsReason } from '../views/report-lines.ts';
import { usageError } from '../usage-error.ts';

const TARGETS = {
  targets: Args.string({
    multiple: true,
    required: false,
    ignoreStdin: true,
    description: 'a saved change set (- reads standard input) or names of plans; default all plans',
  }),
};

export default class Apply extends BaseCommand {
  static override summary = 'change the host as planned; taken back when unhealthy';
  static override examples = [
    '<%= config.bin %> apply',
    '<%= config.bin %> apply plan.json',
    '<%= config.bin %> apply apiserver-audit-log --auto-approve',
  ];
  static override args = TARGETS;
  static override flags = {
    ...VARIABLE_FLAGS,
    ...RUN_FLAGS,
    'allow-dirty': Flags.boolean({
      default: false,
      description: 'apply plan files that differ from their commit',
    }),
    'allow-diverged': Flags.boolean({
      default: false,
      description: 'apply a commit that does not follow the recorded one; needs --reason',
    }),
    'retry-held': Flags.boolean({
      default: false,
      description: 'try a held plan again with the same inputs; needs --reason',
    }),
    'new-host': Flags.boolean({
      default: false,
      description:
        'go on without a record when the remote cannot be asked whether it has one of this host',
    }),
    ...OVERRIDE_FLAGS,
    'wait-window': Flags.boolean({
      default: false,
      description: 'wait until change windows let every plan be applied, then plan again and go on',
    }),
    'wait-limit': Flags.custom<Millis>({
      helpValue: 'DURATION',
      dependsOn: ['wait-window'],
      description: 'do not wait for what opens later than this, such as 8h (default 24h)',
      parse: (input) => Promise.resolve(waitLimit(input)),
    })(),
    'confirm-within': Flags.custom<Millis>({
      helpValue: 'DURATION',
      description: 'take the change back unless setpoint confirm comes in this time, such as 10m',
      parse: (input) => Promise.resolve(confirmTime(input)),
    })(),
    'revert-branch': Flags.string({
      helpValue: 'NAME',
      description:
        'when a plan is reverted, make this branch in the workspace that takes its change back; such as setpoint/revert-{plan}-{run}',
    }),
    push: Flags.boolean({
      dependsOn: ['revert-branch'],
      description: "push that branch to the workspace's own remote",
    }),
    format: Flags.option({
      options: ['text', 'markdown'] as const,
      exclusive: ['json', 'json-stream'],
      description:
        'markdown: what others changed since the saved change set was made goes to stdout, for a pull request',
    })(),
    'json-stream': Flags.boolean({
      default: false,
      exclusive: ['json'],
      description: 'print events on stdout, one JSON object a line; the last one is the result',
    }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Apply);
    const answered = this.answer(flags, (context) => apply(context, args.targets ?? [], flags));
    await (flags.format === 'markdown' ? tellingInMarkdown(answered) : answered);
  }
}

type ApplyFlags = Interfaces.InferredFlags<typeof Apply.flags>;

/** The boundary tells the same on stderr, as text. */
async function tellingInMarkdown(answered: Promise<void>): Promise<void> {
  try {
    await answered;
  } catch (error) {
    const { StaleSetError } = await import('../../operations/planning/stale-set-error.ts');
    if (error instanceof StaleSetError && error.conflicts.length > 0) {
      const { conflictMarkdown } =
        await import('../../operations/planning/conflict/conflict-text.ts');
      process.stdout.write(conflictMarkdown(error.conflicts));
    }
    throw error;
  }
}

async function apply(
  context: CommandContext,
  targets: readonly string[],
  flags: ApplyFlags,
): Promise<Answer> {
  const reasons = reasonsFor(flags);
  const name = flags['revert-branch'];
  const source = await applySource(targets, flags);
  if (!('set' in source) && !flags['auto-approve'] && !canPrompt()) {
    throw usageError(
      'SP9004',
      'apply would ask, and there is no terminal',
      'give --auto-approve, or a change set that setpoint plan --out FILE saved',
    );
  }
  // The installation may be gone when the run is over: what the answer needs is loaded before the first write.
  const { applyView } = await import('../views/apply-view.ts');
  const { result, exitCode, closing } = await applyInterruptible(context, {
    source,
    ...reasons,
    allowDirty: flags['allow-dirty'],
    newHost: flags['new-host'],
    allowUnhealthy: flags['allow-unhealthy'],
    offline: flags.offline,
    guardian: flags.guardian,
    confirmWithin: flags['confirm-within'],
    waitWindow: flags['wait-window'] ? (flags['wait-limit'] ?? DEFAULT_WAIT) : undefined,
    automatic: flags['auto-approve'],
    revertBranch: name === undefined ? null : { name, push: flags.push },
  });
  return {
    result: withRevert({ ...result, exitCode }, closing),
    exitCode,
    closing,
    diagnostics: result.problems,
    told: (problem) => toldAsReason(problem, [...result.recovered, ...result.runs]),
    text: (view) => applyView(result, { ...view, verbose: flags.verbose }),
  };
}
