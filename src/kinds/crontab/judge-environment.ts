import { controlProblem } from './declared-problem.ts';
import type { DeclaredProblem } from './declared-problem.ts';
import { environmentLine } from './environment-line.ts';

/** A value that cron has no line for, and a name that it sets itself. */
export function judgeSetting(name: string, value: string): DeclaredProblem | null {
  const problem = (message: string, help: string): DeclaredProblem => ({
    code: 'SP2252',
    part: 'value',
    column: 1,
    length: Math.max(value.length, 1),
    message,
    help,
  });
  if (name === 'LOGNAME') {
    return problem('cron sets LOGNAME itself, to the user of the job', 'leave it out');
  }
  const broken = controlProblem('SP2252', 'value', value);
  if (broken !== null) return broken;
  if (settingLine(name, value) !== null) return null;
  const message = `cron cannot be given this value of ${name}`;
  const help =
    'it takes up to 998 bytes with the name, and not every mixture of quotes and blanks at the ends: set it in a script';
  return problem(message, help);
}

/** The line of a setting, bytes as characters; `null`: there is none. */
export function settingLine(name: string, value: string): string | null {
  return environmentLine({ name, value: Buffer.from(value, 'utf8').toString('latin1') });
}
