import { Args, Flags } from '@oclif/core';

import { EXIT } from '../../../model/outcome.ts';
import { BaseCommand } from '../../base-command.ts';
import { SCHEDULE_FLAGS } from '../../schedule-flags.ts';
import { usageError } from '../../usage-error.ts';

export default class ScheduleNext extends BaseCommand {
  static override summary = 'show when schedules fire next, and say so in words';
  static override description =
    'EXPRESSION is one schedule in quotes. FILE is a schedule file, a crontab or CronJob manifests; absolute paths are of the host. Changes nothing.';
  static override examples = [
    '<%= config.bin %> schedule next "*/15 9-17 * * 1-5" --zone Europe/Berlin',
    '<%= config.bin %> schedule next "0 0 */2 * 1" --dialect kubernetes --from 2026-01-01',
    '<%= config.bin %> schedule next /etc/crontab --count 1',
  ];
  // More than one word is told below: it is an expression that the shell took apart.
  static override strict = false;
  static override args = {
    'file|expression': Args.string({
      required: true,
      ignoreStdin: true,
      description: 'a file with schedules, or an expression in quotes',
    }),
  };
  static override flags = {
    count: Flags.custom<number>({
      char: 'n',
      helpValue: 'NUMBER',
      description: 'how many runs of each schedule',
      default: 3,
      parse: (input) => Promise.resolve(countOf('--count', input)),
    })(),
    ...SCHEDULE_FLAGS,
    'warn-every': Flags.custom<number>({
      helpValue: 'MINUTES',
      description: 'warn of schedules that fire more often than every so many minutes',
      parse: (input) => Promise.resolve(countOf('--warn-every', input)),
    })(),
  };

  override async run(): Promise<void> {
    const { args, argv, flags } = await this.parse(ScheduleNext);
    await this.answer(flags, async (context) => {
      if (argv.length > 1) {
        const { IN_QUOTES } = await import('../../../operations/scheduling/read-source.ts');
        throw usageError('SP9001', `${argv.length} words, and one is wanted`, IN_QUOTES);
      }
      const { scheduleNext } = await import('../../../operations/scheduling/schedule-next.ts');
      const { result, diagnostics } = await scheduleNext(await context.unnamedSession(), {
        subject: args['file|expression'],
        count: flags.count,
        from: flags.from ?? { instant: Date.now() },
        zone: flags.zone ?? null,
        dialect: flags.dialect ?? null,
        warnEvery: flags['warn-every'] ?? null,
      });
      const isWrong = diagnostics.some(({ severity }) => severity === 'error');
      return {
        result,
        exitCode: isWrong ? EXIT.invalidPlan : EXIT.done,
        diagnostics,
        text: async (view) => {
          const { scheduleNextView } = await import('../../views/schedule-next-view.ts');
          return scheduleNextView(result, view);
        },
      };
    });
  }
}

function countOf(flag: string, input: string): number {
  if (/^[1-9]\d{0,3}$/.test(input) && Number(input) <= 1000) return Number(input);
  throw usageError('SP9021', `${flag} ${input}: no number from 1 to 1000`);
}
