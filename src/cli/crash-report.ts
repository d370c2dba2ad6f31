import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';

import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { EXIT } from '../model/outcome.ts';
import { reasonFor } from './file-error.ts';
import { tooManyFiles } from './too-many-files.ts';
import { packageManifest } from './package-root.ts';

/** An error that nobody foresaw: a bug, unless the process was only not let open files. */
export function unforeseen(error: unknown, argv: readonly string[], now: Date): SetpointError {
  return tooManyFiles(error) ?? bugReport(error, argv, now);
}

/**
 * A bug as an error for people (exit 70): the stack goes to a file only its owner can read, the message says where it is and
 * what to do. When the file cannot be written, the stack is in the message: it must not be lost.
 */
function bugReport(error: unknown, argv: readonly string[], now: Date): SetpointError {
  const summary = error instanceof Error ? error.message : String(error);
  const file = join(tmpdir(), `setpoint-crash-${now.toISOString().replaceAll(/[:.]/g, '-')}.txt`);
  let detail: string;
  try {
    writeFileSync(file, crashText(error, argv, now), { mode: 0o600, flag: 'wx' });
    detail = `details: ${file}`;
  } catch (failure) {
    const reason = reasonFor(failure as NodeJS.ErrnoException);
    detail = `${file} could not be written (${reason}):\n${inspect(error)}`;
  }
  return new SetpointError(EXIT.bug, [
    {
      code: 'SP9099',
      severity: 'error',
      message: `internal error: ${summary.split('\n')[0] ?? ''}`,
      detail,
      help: `if a run was open, setpoint recover settles it; please report this with the file${reportAddress()}`,
    },
  ]);
}

function reportAddress(): string {
  const { bugs } = packageManifest();
  const url = typeof bugs === 'string' ? bugs : bugs?.url;
  return url === undefined ? '' : `: ${url}`;
}

function crashText(error: unknown, argv: readonly string[], now: Date): string {
  const lines = [
    `setpoint ${packageManifest().version}`,
    `node ${process.version} ${process.platform} ${process.arch}`,
    `time ${now.toISOString()}`,
    `arguments ${JSON.stringify(withoutValues(argv))}`,
    '',
    inspect(error, { depth: 4 }),
  ];
  return `${lines.join('\n')}\n`;
}

/** Values of variables may be private; their names are enough to find a bug. */
export function withoutValues(argv: readonly string[]): readonly string[] {
  return argv.map((word, index) => {
    const assignment = argv[index - 1] === '--var' ? word : /^--var=(.*)$/s.exec(word)?.[1];
    if (assignment === undefined) return word;
    return word.replace(assignment, assignment.replace(/=.*$/s, '=…'));
  });
}
