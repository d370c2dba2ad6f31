import { environmentSetting } from './environment-line.ts';
import type { Setting } from './environment-line.ts';

/** One line of a crontab, its bytes as characters (latin1): whatever it holds, it is written back as it was. */
export interface CrontabLine {
  /** Without its end. */
  readonly text: string;
  /** Only the last line of a file may have none. */
  readonly ended: boolean;
}

/** What cron takes a line for. A line that is nothing else is a job to it, readable or not. */
export type LineMeaning =
  | { readonly is: 'nothing' }
  | { readonly is: 'setting'; readonly setting: Setting }
  | { readonly is: 'job'; readonly text: string; readonly column: number };

export function splitLines(bytes: string): readonly CrontabLine[] {
  const texts = bytes.split('\n');
  const last = texts.pop() ?? '';
  const lines = texts.map((text) => ({ text, ended: true }));
  return last === '' ? lines : [...lines, { text: last, ended: false }];
}

export function joinLines(lines: readonly CrontabLine[]): string {
  return lines.map(({ text, ended }) => (ended ? `${text}\n` : text)).join('');
}

/** Blanks in front count for nothing (misc.c skip_comments); then cron tries a setting, then a job (user.c load_user). */
export function meaningOf({ text }: CrontabLine): LineMeaning {
  const rest = text.replace(/^[ \t]+/, '');
  if (rest === '' || rest.startsWith('#')) return { is: 'nothing' };
  const setting = environmentSetting(rest);
  if (setting !== null) return { is: 'setting', setting };
  return { is: 'job', text: rest, column: text.length - rest.length + 1 };
}

/** A schedule and what follows it: user and command, or the command alone. */
export interface JobText {
  readonly schedule: string;
  readonly rest: string;
}

const WORD = /^(@[^ \t]*)(?:[ \t]+(.*))?$/s;
const FIELDS = /^((?:[^ \t]+[ \t]+){4}[^ \t]+)(?:[ \t]+(.*))?$/s;

/** `null`: it has not even five fields. */
export function jobText(text: string): JobText | null {
  const found = (text.startsWith('@') ? WORD : FIELDS).exec(text);
  if (found === null) return null;
  const [, schedule = '', rest = ''] = found;
  return { schedule, rest };
}

/** The same job with one blank between the fields of its schedule: how many stand there means nothing. */
export function plainJob(text: string): string {
  const job = jobText(text.replace(/^[ \t]+/, ''));
  return job === null ? text : `${job.schedule.replaceAll(/[ \t]+/g, ' ')} ${job.rest}`;
}
