import { Args, Flags } from '@oclif/core';
import type { Interfaces } from '@oclif/core';

import type { RevertPreview, RevertResult } from '../../operations/results.ts';
import type { RevertOptions } from '../../operations/revert-run.ts';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import { BaseCommand } from '../base-command.ts';
import { goBack } from '../going-back.ts';
import { RUN_FLAGS } from '../run-flags.ts';

export default class Revert extends BaseCommand {
  static override summary = 'take one run back at once, and nothing that came later';
  static override description =
    'A run like an apply: gates watch, and a red one takes it back. Plan files stay as they are; the plan is held until they change.';
  static override examples = [
    '<%= config.bin %> revert 01K2Y3',
    '<%= config.bin %> revert 4b8c1d2 --auto-approve',
    '<%= config.bin %> revert 01K2Y3 --branch setpoint/revert-{plan}-{run} --push',
  ];
  static override args = {
    run: Args.string({
      required: true,
      ignoreStdin: true,
      description:
        'id of the run, its first letters, or the workspace commit that it alone applied',
    }),
  };
  static override flags = {
    ...RUN_FLAGS,
    branch: Flags.string({
      helpValue: 'NAME',
      description:
        'make this branch in the workspace, with the commit that takes the plan change back; {plan} and {run} are replaced',
    }),
    'branch-only': Flags.boolean({
      dependsOn: ['branch'],
      description: 'only the branch: nothing is done on the host',
    }),
    push: Flags.boolean({
      dependsOn: ['branch'],
      description: "push the branch to the workspace's own remote",
    }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Revert);
    const { run } = args;
    const branch = branchWish(flags);
    const { branchView, revertPreview, revertView } = await import('../views/revert-view.ts');
    const { revertRun } = await import('../../operations/revert-run.ts');
    await this.answer(flags, (context) =>
      goBack<RevertPreview, RevertResult>(context, withoutQuestion(flags), {
        command: 'revert',
        question: 'Take this run back',
        preview: revertPreview,
        text:
          branch?.only === true
            ? branchView
            : (result, view) => revertView(result, view, branchFlags(branch)),
        carryOut: (session, options) => revertRun(session, { ...options, run, branch }),
      }),
    );
  }
}

type RevertFlags = Interfaces.InferredFlags<typeof Revert.flags>;

function branchWish(flags: RevertFlags): RevertOptions['branch'] {
  const { branch: name, push, 'branch-only': only } = flags;
  return name === undefined ? null : { name, push, only };
}

/** As the next command repeats them. The name in quotes: flags of the place are put before it, never into it. */
function branchFlags(branch: RevertOptions['branch']): readonly string[] {
  if (branch === null) return [];
  const word = quoteWord(branch.name);
  const name = word.startsWith("'") ? word : `'${word}'`;
  return [...(branch.push ? ['--push'] : []), `--branch=${name}`];
}

/** Nobody is asked about a branch. */
function withoutQuestion(flags: RevertFlags): RevertFlags {
  return { ...flags, 'auto-approve': flags['auto-approve'] || flags['branch-only'] };
}
