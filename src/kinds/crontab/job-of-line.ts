import type { CrontabJob } from '../../model/plan-file.ts';
import { plainCommand } from './command-text.ts';
import { jobText, plainJob } from './crontab-line.ts';
import { jobLine } from './judge-job.ts';

export interface LineForm {
  /** Its lines name a user. */
  readonly system: boolean;
  /** `%` of a command is written as `\%`. */
  readonly escapes: boolean;
}

/** The job that is declared for a line, the inverse of jobLine; `null`: none is written so. */
export function jobOfLine(line: string, { system, escapes }: LineForm): CrontabJob | null {
  const found = jobText(line.replace(/^[ \t]+/, ''));
  if (found === null) return null;
  const { schedule, rest } = found;
  const [, user = null, written = ''] =
    (system ? /^(\S+)[ \t]+(.*)$/s : /^()(.*)$/s).exec(rest) ?? [];
  const command = escapes ? plainCommand(written) : written;
  const job = { schedule, user: system ? user : null, command };
  const again = Buffer.from(jobLine(job, escapes), 'latin1').toString('utf8');
  return plainJob(again) === plainJob(line) ? job : null;
}
