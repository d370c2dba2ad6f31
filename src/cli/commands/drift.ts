import { Args, Flags } from '@oclif/core';

import type { AdoptOptions } from '../../operations/adopting/adopt-drift.ts';
import type { Answer } from '../base-command.ts';
import { BaseCommand } from '../base-command.ts';
import type { CommandContext } from '../command-context.ts';
import { VARIABLE_FLAGS } from '../plan-flags.ts';
import { usageError } from '../usage-error.ts';
import { readVariables } from '../variables.ts';

export default class Drift extends BaseCommand {
  static override summary = 'show where the host differs from what is recorded';
  static override description =
    'Exit 2 when something drifted, whatever plan files want; a workspace is not needed. Changes nothing. With --adopt it writes the live values of drifted items into the plan files and sources of the workspace, all or none, for somebody to review and commit; the host stays as it is.';
  static override examples = [
    '<%= config.bin %> drift',
    '<%= config.bin %> drift --json',
    '<%= config.bin %> drift --verbose',
    '<%= config.bin %> drift --adopt --dry-run',
    '<%= config.bin %> drift --adopt /etc/kubernetes/manifests/kube-apiserver.yaml#profiling',
  ];
  static override args = {
    items: Args.string({
      multiple: true,
      required: false,
      ignoreStdin: true,
      description: 'what to adopt, as blame takes it; default everything that drifted',
    }),
  };
  static override flags = {
    ...VARIABLE_FLAGS,
    verbose: Flags.boolean({
      default: false,
      description: 'show full values, and items that are ignored, pending or in sync',
    }),
    adopt: Flags.boolean({
      default: false,
      description: 'write live values of drifted items into the plan files',
    }),
    'dry-run': Flags.boolean({
      default: false,
      description: 'with --adopt: show what would be written, write nothing',
    }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Drift);
    const names = [args.items ?? []].flat();
    if ((names.length > 0 || flags['dry-run']) && !flags.adopt) {
      const message = 'items and --dry-run are given with --adopt only';
      throw usageError('SP9001', message, 'setpoint drift shows everything and changes nothing');
    }
    await this.answer(flags, async (context) => {
      const vars = await readVariables(flags['var-file'] ?? [], flags.var ?? []);
      if (flags.adopt) return adopt(context, { vars, names, dryRun: flags['dry-run'] });
      const { detectDrift } = await import('../../operations/detect-drift.ts');
      const result = await detectDrift(await context.session(), { vars });
      return {
        result,
        exitCode: result.exitCode,
        diagnostics: result.warnings,
        text: async (view) => {
          const { driftView } = await import('../views/drift-view.ts');
          return driftView(result, { ...view, verbose: flags.verbose });
        },
      };
    });
  }
}

async function adopt(context: CommandContext, options: AdoptOptions): Promise<Answer> {
  const { adoptDrift } = await import('../../operations/adopting/adopt-drift.ts');
  const result = await adoptDrift(await context.session(), options);
  return {
    result,
    exitCode: 0,
    diagnostics: result.warnings,
    text: async (view) => {
      const { adoptView } = await import('../views/adopt-view.ts');
      return adoptView(result, view);
    },
  };
}
