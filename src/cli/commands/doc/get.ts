import { Args } from '@oclif/core';

import { printableLine } from '../../../diagnostics/printable.ts';
import type { DocumentGetResult } from '../../../operations/documents/get-in-document.ts';
import { BaseCommand } from '../../base-command.ts';
import { hostPath } from '../../host-path.ts';

export default class DocGet extends BaseCommand {
  static override summary = 'read a YAML or JSON document and its version';
  static override description =
    'Its data goes to stdout as JSON, its version to stderr: doc set --if-version takes that. A file that is not there has the version absent.';
  static override examples = [
    '<%= config.bin %> doc get /etc/app/schedules.yaml',
    '<%= config.bin %> doc get /etc/app/schedules.yaml /schedules/0/params',
    '<%= config.bin %> doc get /etc/app/schedules.yaml --json',
  ];
  static override args = {
    path: Args.string({ required: true, ignoreStdin: true, description: 'file of the host' }),
    pointer: Args.string({
      ignoreStdin: true,
      description: 'only the part at this JSON pointer, such as /schedules/0/params',
    }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(DocGet);
    await this.answer(flags, async (context) => {
      const { getInDocument } = await import('../../../operations/documents/get-in-document.ts');
      const session = await context.session();
      const result = await getInDocument(session, hostPath(args.path), args.pointer ?? '');
      return {
        result,
        exitCode: 0,
        closing: closingLines(result),
        text: () => JSON.stringify(result.data, null, 2),
      };
    });
  }
}

/** The version is the last line: scripts take it. */
function closingLines({ path, version }: DocumentGetResult): string {
  const missing = version === 'absent' ? `${printableLine(path)} is not there\n` : '';
  return `${missing}version: ${version}`;
}
