import { Flags } from '@oclif/core';

import type { AdoptOptions } from '../../operations/adopting/adopt-drift.ts';
import type { Variables } from '../../model/plan-file.ts';
import { BaseCommand } from '../base-command.ts';
import type { Answer } from '../base-command.ts';
import type { CommandContext } from '../command-context.ts';
import {
  ADOPT_FLAG,
  ITEMS_ARGUMENT,
  RECORD_FLAG,
  requireUse,
  RESTORE_FLAGS,
} from '../drift-flags.ts';
import { VARIABLE_FLAGS } from '../plan-flags.ts';
import { readVariables } from '../variables.ts';

export default class Drift extends BaseCommand {
  static override summary = 'show where the host differs from what is recorded';
  static override description =
    'Exit 2 when something drifted, whatever plan files want; a workspace is not needed. Changes nothing, unless it is told to put drift back on the host, to write it into the plan files, or to record it.';
  static override examples = [
    '<%= config.bin %> drift',
    '<%= config.bin %> drift --json',
    '<%= config.bin %> drift --restore /etc/app/app.conf --auto-approve',
    '<%= config.bin %> drift --adopt --dry-run',
    '<%= config.bin %> drift --adopt /etc/kubernetes/manifests/kube-apiserver.yaml#profiling',
    '<%= config.bin %> drift --record',
  ];
  static override args = ITEMS_ARGUMENT;
  static override flags = {
    ...VARIABLE_FLAGS,
    ...RESTORE_FLAGS,
    ...ADOPT_FLAG,
    ...RECORD_FLAG,
    verbose: Flags.boolean({
      default: false,
      description: 'show full values, and items that are ignored, pending or in sync',
    }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Drift);
    const items = [args.items ?? []].flat();
    requireUse(flags, items);
    await this.answer(flags, async (context) => {
      const vars = await readVariables(flags['var-file'] ?? [], flags.var ?? []);
      if (flags.adopt) return adopt(context, { vars, names: items, dryRun: flags['dry-run'] });
      if (flags.record) {
        const { driftRecord } = await import('../drift-record.ts');
        return driftRecord(context, vars, flags.verbose);
      }
      if (!flags.restore) return driftAnswer(context, vars, flags.verbose);
      const { driftRestore } = await import('../drift-restore.ts');
      return driftRestore(context, flags, { vars, items });
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

async function driftAnswer(
  context: CommandContext,
  vars: Variables,
  verbose: boolean,
): Promise<Answer> {
  const { detectDrift } = await import('../../operations/detect-drift.ts');
  const result = await detectDrift(await context.session(), { vars });
  return {
    result,
    exitCode: result.exitCode,
    diagnostics: result.warnings,
    text: async (view) => {
      const { driftView } = await import('../views/drift-view.ts');
      return driftView(result, { ...view, verbose });
    },
  };
}
