import { Args, Flags } from '@oclif/core';

import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { BaseCommand } from '../../base-command.ts';
import { readDocumentData } from '../../document-data.ts';
import { hostPath } from '../../host-path.ts';
import { absolutePath } from '../../working-directory.ts';

export default class DocSet extends BaseCommand {
  static override summary = 'write a document that nobody changed since';
  static override description =
    'The new data is read as YAML or JSON. The text of the file gets the smallest edit that leads there; what it held goes to the backups. Exits 6 when the file is not the version that was read, 7 when a plan manages what would change, 65 when the data does not fit.';
  static override examples = [
    '<%= config.bin %> doc set /etc/app/schedules.yaml --if-version absent --from new.json',
    '<%= config.bin %> doc set /etc/app/schedules.yaml --if-version "$VERSION" --schema schedule-file < new.json',
  ];
  static override args = {
    path: Args.string({ required: true, ignoreStdin: true, description: 'file of the host' }),
  };
  static override flags = {
    'if-version': Flags.string({
      required: true,
      helpValue: 'VERSION',
      description: 'what doc get gave, absent for a file that is not there',
    }),
    schema: Flags.string({
      helpValue: 'FILE',
      description: 'a JSON schema that the data must fit, or schedule-file',
    }),
    from: Flags.string({
      helpValue: 'FILE',
      default: '-',
      description: 'the new data; - reads standard input',
    }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(DocSet);
    await this.answer(flags, async (context) => {
      const path = hostPath(args.path);
      const from = flags.from === '-' ? '-' : absolutePath('--from', flags.from);
      const data = await readDocumentData(from);
      const { writeDocument } = await import('../../../operations/write-document.ts');
      const session = await context.session();
      const options = { ifVersion: flags['if-version'], schema: flags.schema };
      const result = await writeDocument(session, path, data, options);
      const { changed, rewritten, version, backup } = result;
      return {
        result,
        exitCode: 0,
        diagnostics: rewritten ? [writtenAnew(result.path, backup)] : [],
        text: () => `${result.path} ${changed ? 'written' : 'unchanged'}\nversion: ${version}`,
      };
    });
  }
}

function writtenAnew(path: string, backup: string | null): Diagnostic {
  const message = `${path} was written anew: comments and style of its text are gone`;
  const help = `what it held is in the backups: setpoint backup show ${backup ?? ''} ${path}`;
  return { code: 'SP2327', severity: 'warning', message, help };
}
