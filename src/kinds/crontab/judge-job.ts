import { readCrontab } from '../../cron/crontab/read-crontab.ts';
import type { CrontabJob } from '../../model/plan-file.ts';
import { escapedCommand, LONGEST_COMMAND } from './command-text.ts';
import { controlProblem } from './declared-problem.ts';
import type { DeclaredProblem } from './declared-problem.ts';

/** Everything that cron would not take of a declared job, or would take for something else. */
export function judgeJob(job: CrontabJob, escapes: boolean): readonly DeclaredProblem[] {
  return [
    ...scheduleProblems(job.schedule),
    ...userProblems(job.user),
    ...commandProblems(job, escapes),
  ];
}

/** The line of a job, bytes as characters. */
export function jobLine({ schedule, user, command }: CrontabJob, escapes: boolean): string {
  const written = escapes ? escapedCommand(command) : command;
  const fields = schedule.trim().replaceAll(/[ \t]+/g, ' ');
  const line = [fields, ...(user === null ? [] : [user]), written].join(' ');
  return Buffer.from(line, 'utf8').toString('latin1');
}

function scheduleProblems(schedule: string): readonly DeclaredProblem[] {
  const broken = controlProblem('SP2250', 'schedule', schedule);
  if (broken !== null) return [broken];
  const foreign = schedule.search(/[^\t -~]/);
  if (foreign !== -1) {
    const message = 'the schedule holds a character that is not of ASCII';
    const help = 'between the fields of a crontab only blanks and tabs count';
    return [{ code: 'SP2250', part: 'schedule', column: foreign + 1, length: 1, message, help }];
  }
  const read = readCrontab(schedule);
  if (read.ok) return [];
  return read.problems.map(({ column, length, message, help }) => ({
    code: 'SP2250',
    part: 'schedule',
    column,
    length,
    message,
    help: help ?? 'setpoint explain SP2250 says what cron reads',
  }));
}

/** Not what useradd makes, but what cron cannot take for a name: it ends at a blank, and a spool file has it. */
function userProblems(user: string | null): readonly DeclaredProblem[] {
  if (user === null || /^[A-Za-z0-9_][A-Za-z0-9_.-]*\$?$/.test(user)) return [];
  const message = `${JSON.stringify(user)} is not the name of a user`;
  const help = 'write a name of /etc/passwd: letters, digits, _, . and -';
  return [
    { code: 'SP2251', part: 'user', column: 1, length: Math.max(user.length, 1), message, help },
  ];
}

function inCommand(column: number, length: number, message: string, help: string): DeclaredProblem {
  return { code: 'SP2251', part: 'command', column, length, message, help };
}

function commandProblems(
  { command, user }: CrontabJob,
  escapes: boolean,
): readonly DeclaredProblem[] {
  const broken = controlProblem('SP2251', 'command', command);
  if (broken !== null) return [broken];
  if (command.trim() === '')
    return [inCommand(1, 1, 'there is no command', 'write what the shell is to run')];
  if (/^[ \t]/.test(command)) {
    return [
      inCommand(1, 1, 'the command begins with a blank', 'cron passes over it: leave it out'),
    ];
  }
  if (user === null && command.startsWith('*')) {
    const help = 'in the crontab of a user cron takes * there for a sixth field: write a path';
    return [inCommand(1, 1, 'the command begins with *', help)];
  }
  const escaped = escapes ? command.indexOf('\\%') : -1;
  if (escaped !== -1) {
    const help =
      'write % alone: setpoint escapes it; or set escapePercent: false and write the command as a crontab has it';
    return [
      inCommand(escaped + 1, 2, 'the command has \\%, which would reach the shell as it is', help),
    ];
  }
  const bytes = Buffer.byteLength(escapes ? escapedCommand(command) : command, 'utf8');
  if (bytes <= LONGEST_COMMAND) return [];
  const message = `the command has ${bytes} bytes in the crontab; cron takes ${LONGEST_COMMAND}`;
  return [inCommand(1, command.length, message, 'put it into a script')];
}
