import { Flags } from '@oclif/core';

import { BaseCommand } from '../base-command.ts';
import { outputFormat } from '../output-format.ts';
import { usageError } from '../usage-error.ts';

const FORMATS = ['table', 'json', 'markdown', 'junit', 'sarif'] as const;

export default class Audit extends BaseCommand {
  static override summary = 'judge control-plane flags by the CIS benchmark';
  static override examples = [
    '<%= config.bin %> audit',
    '<%= config.bin %> audit --profile cis-1.12 --format sarif',
  ];
  static override flags = {
    profile: Flags.string({
      helpValue: 'VERSION',
      description:
        'version of the benchmark, such as cis-1.12; default cis: of setpoint.yaml, else by the version of the images',
    }),
    format: Flags.option({
      options: FORMATS,
      default: 'table' as const,
      description: 'how the answer is written; json is the envelope of --json',
    })(),
    all: Flags.boolean({ default: false, description: 'show rows that pass in the table, too' }),
  };

  override async run(): Promise<void> {
    const { flags, metadata } = await this.parse(Audit);
    const said = metadata.flags['format']?.setFromDefault !== true;
    if (said && flags.format !== 'json') requireText(this.argv, flags.format);
    await this.answer(flags, async (context) => {
      const { auditHost } = await import('../../operations/auditing/audit-host.ts');
      const session = await context.unnamedSession();
      const { result, notes } = await auditHost(session, flags.profile ?? null);
      return {
        result,
        exitCode: result.exitCode,
        diagnostics: notes,
        text: async (view) => {
          const { auditText } = await import('../views/audit/audit-text.ts');
          const version = context.toolVersion;
          return auditText(result, flags.format, { ...view, verbose: flags.all }, version);
        },
      };
    });
  }
}

/** Whoever asks for two formats would get one of them, and a file that is not what its name says. */
function requireText(argv: readonly string[], format: string): void {
  const other = outputFormat(argv);
  if (other === 'text') return;
  const message = `--${other} and --format ${format} ask for two formats`;
  throw usageError('SP9001', message, 'leave one of them out');
}
