import { BaseCommand } from '../base-command.ts';

export default class Doctor extends BaseCommand {
  static override summary = 'look whether setpoint can work here; changes nothing';
  static override examples = ['<%= config.bin %> doctor'];

  override async run(): Promise<void> {
    const { flags } = await this.parse(Doctor);
    await this.answer(flags, async (context) => {
      const { doctor } = await import('../../operations/doctor.ts');
      const result = await doctor(await context.session());
      return {
        result,
        exitCode: result.exitCode,
        text: async (view) => {
          const { doctorView } = await import('../views/doctor-view.ts');
          return doctorView(result, view);
        },
      };
    });
  }
}
