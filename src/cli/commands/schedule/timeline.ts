import { Args, Flags } from '@oclif/core';

import { EXIT } from '../../../model/outcome.ts';
import { BaseCommand } from '../../base-command.ts';
import { SCHEDULE_FLAGS } from '../../schedule-flags.ts';

export default class ScheduleTimeline extends BaseCommand {
  static override summary = 'show how many schedules fire when, as a heat map';
  static override description =
    'A day by quarters of an hour, or a week by hours. FILE is a schedule file, a crontab or CronJob manifests. Changes nothing.';
  static override examples = [
    '<%= config.bin %> schedule timeline schedules.yaml',
    '<%= config.bin %> schedule timeline /etc/crontab /etc/cron.d/backup --days 7 --zone Europe/Berlin',
  ];
  static override strict = false;
  static override args = {
    file: Args.string({
      required: true,
      ignoreStdin: true,
      description: 'files with schedules',
    }),
  };
  static override flags = {
    days: Flags.option({
      options: ['1', '7'] as const,
      default: '1' as const,
      description: 'a day by quarters of an hour, or a week by hours',
    })(),
    ...SCHEDULE_FLAGS,
  };

  override async run(): Promise<void> {
    const { argv, flags } = await this.parse(ScheduleTimeline);
    await this.answer(flags, async (context) => {
      const { scheduleTimeline } =
        await import('../../../operations/scheduling/schedule-timeline.ts');
      const { result, diagnostics } = await scheduleTimeline(await context.unnamedSession(), {
        files: argv.map(String),
        days: flags.days === '7' ? 7 : 1,
        from: flags.from ?? { instant: Date.now() },
        zone: flags.zone ?? 'UTC',
        dialect: flags.dialect ?? null,
      });
      const isWrong = diagnostics.some(({ severity }) => severity === 'error');
      return {
        result,
        exitCode: isWrong ? EXIT.invalidPlan : EXIT.done,
        diagnostics,
        text: async (view) => {
          const { scheduleTimelineView } = await import('../../views/schedule-timeline-view.ts');
          return scheduleTimelineView(result, view);
        },
      };
    });
  }
}
