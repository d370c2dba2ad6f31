import type { Interfaces } from '@oclif/core';

import type { Variables } from '../model/plan-file.ts';
import type { DriftRestoreResult } from '../operations/results.ts';
import { reasonsFor } from './apply-request.ts';
import type { Answer } from './base-command.ts';
import type { CommandContext } from './command-context.ts';
import { goBack } from './going-back.ts';
import { planNames } from './plan-flags.ts';
import type { RUN_FLAGS } from './run-flags.ts';

interface RestoreFlags extends Interfaces.InferredFlags<typeof RUN_FLAGS> {
  readonly 'dry-run': boolean;
  readonly override?: readonly 'window'[] | undefined;
  readonly reason?: string | undefined;
}

/** `drift --restore`: shows, asks and puts back; with `--dry-run` only shows. */
export async function driftRestore(
  context: CommandContext,
  flags: RestoreFlags,
  wish: { readonly vars: Variables; readonly items: readonly string[] },
): Promise<Answer> {
  const { driftRestorePreview, driftRestoreView } = await import('./views/drift-restore-view.ts');
  const { restoreDrift, showDriftRestore } = await import('../operations/restore-drift.ts');
  const { overrideWindow } = reasonsFor(flags);
  if (!flags['dry-run']) {
    return goBack(context, flags, {
      command: 'drift --restore',
      question: 'Put this back',
      preview: driftRestorePreview,
      text: (result: DriftRestoreResult, view) => driftRestoreView(result, wish.items, view),
      carryOut: (session, options) =>
        restoreDrift(session, { ...options, ...wish, overrideWindow }),
    });
  }
  const { offline } = flags;
  const acknowledged = planNames(flags['acknowledge-irreversible']);
  const asked = { ...wish, offline, acknowledged };
  const result = await showDriftRestore(await context.session(), asked);
  return {
    result,
    exitCode: result.exitCode,
    diagnostics: result.problems,
    text: (view) => driftRestoreView(result, wish.items, { ...view, verbose: flags.verbose }),
  };
}
