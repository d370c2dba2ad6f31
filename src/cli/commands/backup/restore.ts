import { Args } from '@oclif/core';
import type { Interfaces } from '@oclif/core';

import type { RestoreOptions } from '../../../operations/backups/restore-backup.ts';
import { interruptTalk } from '../../apply-interruptible.ts';
import { endAtOnce } from '../../end-at-once.ts';
import { BaseCommand } from '../../base-command.ts';
import type { Answer } from '../../base-command.ts';
import type { CommandContext } from '../../command-context.ts';
import { hostPath } from '../../host-path.ts';
import { settled } from '../../interrupted-apply.ts';
import { interruptible } from '../../interruptible.ts';
import { openProgress } from '../../progress.ts';
import { ask, canPrompt } from '../../prompt.ts';
import { RUN_FLAGS } from '../../run-flags.ts';
import { toldAsReason } from '../../views/report-lines.ts';
import { usageError } from '../../usage-error.ts';

export default class BackupRestore extends BaseCommand {
  static override summary = 'put files back to what they were before a run';
  static override description =
    'A run like an apply: gates watch, and a red one takes it back. Plan files stay as they are, so the next plan shows the difference.';
  static override examples = [
    '<%= config.bin %> backup restore 01K2Y3',
    '<%= config.bin %> backup restore 01K2Y3 /etc/app/app.conf --auto-approve',
  ];
  static override args = {
    run: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'id of the run that replaced the files, or its first letters',
    }),
    paths: Args.string({
      multiple: true,
      required: false,
      ignoreStdin: true,
      description: 'only these files; default all of the run',
    }),
  };
  static override flags = RUN_FLAGS;

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(BackupRestore);
    const paths = (args.paths ?? []).map(hostPath);
    await this.answer(flags, (context) => restore(context, args.run, paths, flags));
  }
}

type RestoreFlags = Interfaces.InferredFlags<typeof BackupRestore.flags>;

async function restore(
  context: CommandContext,
  run: string,
  paths: RestoreOptions['paths'],
  flags: RestoreFlags,
): Promise<Answer> {
  const automatic = flags['auto-approve'];
  if (!automatic && !canPrompt()) {
    const message = 'backup restore would ask, and there is no terminal';
    throw usageError('SP9004', message, 'give --auto-approve');
  }
  const session = await context.session();
  // The installation may be gone when the run is over: what the answer needs is loaded before the first write.
  const { restoreView } = await import('../../views/restore-view.ts');
  const progress = await openProgress(context);
  const { restoreBackup } = await import('../../../operations/backups/restore-backup.ts');
  const { value: result, received } = await interruptible(
    // The guardian's pipe ends with this process: it settles what is open.
    interruptTalk(progress, (name) => endAtOnce(context, name, null, 'backup restore')),
    async (signal) => {
      const approve = approval(context, automatic, signal);
      const { listener } = progress;
      const { 'allow-unhealthy': allowUnhealthy, offline, guardian } = flags;
      const options = { run, paths, approve, allowUnhealthy, offline, guardian, listener, signal };
      try {
        return await restoreBackup(session, options);
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
    text: (view) => restoreView(result, { ...view, verbose: flags.verbose }),
  };
}

function approval(
  context: CommandContext,
  automatic: boolean,
  signal: AbortSignal,
): RestoreOptions['approve'] {
  return async (preview) => {
    const { restorePreview } = await import('../../views/restore-view.ts');
    if (!automatic || context.format === 'text') {
      process.stderr.write(`${restorePreview(preview, context.talk)}\n`);
    }
    if (automatic) return true;
    const answer = await ask(`\nRestore these files on ${preview.host}? [y/N] `, signal);
    return /^y(es)?$/i.test(answer?.trim() ?? '');
  };
}
