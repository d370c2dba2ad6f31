import type { Interfaces } from '@oclif/core';

import type { HostName } from '../model/brand.ts';
import type { DriftRestoreResult, RestoreResult, RevertResult } from '../operations/results.ts';
import type { ReturnOptions } from '../operations/going-back/carry-out.ts';
import type { Session } from '../operations/session.ts';
import { interruptTalk } from './apply-interruptible.ts';
import type { Answer } from './base-command.ts';
import type { CommandContext } from './command-context.ts';
import { endAtOnce } from './end-at-once.ts';
import { settled } from './interrupted-apply.ts';
import { interruptible } from './interruptible.ts';
import { planNames } from './plan-flags.ts';
import { openProgress } from './progress.ts';
import { ask, canPrompt } from './prompt.ts';
import type { RUN_FLAGS } from './run-flags.ts';
import { usageError } from './usage-error.ts';
import type { ViewOptions } from './views/view-options.ts';
import { toldAsReason } from './views/report-lines.ts';

type Approve<Preview> = (preview: Preview) => Promise<boolean>;
type Outcome = DriftRestoreResult | RestoreResult | RevertResult;

/** A command that puts something back to what it was, as one run. */
export interface GoingBack<Preview, Result extends Outcome> {
  /** Its name, as it is typed. */
  readonly command: string;
  /** What a person is asked, without `on HOST?`. */
  readonly question: string;
  readonly preview: (preview: Preview, view: ViewOptions) => string;
  readonly text: (result: Result, view: ViewOptions) => string;
  readonly carryOut: (
    session: Session,
    options: ReturnOptions & { readonly approve: Approve<Preview> },
  ) => Promise<Result>;
}

/**
 * Shows, asks, carries out with progress; the first interrupt reverts, the second leaves that to the guardian. Throws SP9004 where
 * nobody could be asked. What the answer needs is loaded by the caller: the installation may be gone when the run is over.
 */
export async function goBack<Preview extends { readonly host: HostName }, Result extends Outcome>(
  context: CommandContext,
  flags: Interfaces.InferredFlags<typeof RUN_FLAGS>,
  { command, question, preview, text, carryOut }: GoingBack<Preview, Result>,
): Promise<Answer> {
  const automatic = flags['auto-approve'];
  if (!automatic && !canPrompt()) {
    const message = `${command} would ask, and there is no terminal`;
    throw usageError('SP9004', message, 'give --auto-approve');
  }
  const session = await context.session();
  const progress = await openProgress(context);
  const { value: result, received } = await interruptible(
    // The guardian's pipe ends with this process: it settles what is open.
    interruptTalk(progress, (name) => endAtOnce(context, name, null, command)),
    async (signal) => {
      const approve: Approve<Preview> = async (shown) => {
        if (!automatic || context.format === 'text') {
          process.stderr.write(`${preview(shown, context.talk)}\n`);
        }
        if (automatic) return true;
        const answer = await ask(`\n${question} on ${shown.host}? [y/N] `, signal);
        return /^y(es)?$/i.test(answer?.trim() ?? '');
      };
      const { 'allow-unhealthy': allowUnhealthy, offline, guardian } = flags;
      const { listener } = progress;
      const acknowledged = planNames(flags['acknowledge-irreversible']);
      const run = { allowUnhealthy, offline, guardian, acknowledged };
      const options = { approve, ...run, listener, signal };
      try {
        return await carryOut(session, options);
      } finally {
        await progress.finish();
      }
    },
  );
  const runs = result.report === null ? [] : [result.report];
  const { exitCode, closing } = settled({ ...result, runs, notRun: [] }, received);
  return {
    result: { ...result, exitCode },
    exitCode,
    closing,
    diagnostics: result.problems,
    told: (problem) => toldAsReason(problem, [...result.recovered, ...runs]),
    text: (view) => text(result, { ...view, verbose: flags.verbose }),
  };
}
