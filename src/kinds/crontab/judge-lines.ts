import { readCrontab } from '../../cron/crontab/read-crontab.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { CrontabSpec } from '../../model/plan-file.ts';
import type { Crontab } from './crontab-file.ts';
import { jobText, meaningOf, plainJob } from './crontab-line.ts';
import { jobLine } from './judge-job.ts';

/** Lines of others shown at most for each reason: a file of ten thousand says no more than one of ten. */
const MOST_TOLD = 10;

/** What lines of others do to ours: one that cron cannot read stops them all (SP2262), one that is the same runs beside (SP2259). */
export function judgeLines(
  { pieces }: Crontab,
  { jobs, escapePercent }: CrontabSpec,
  path: string,
): readonly Diagnostic[] {
  const declared = new Map(
    Object.entries(jobs).flatMap(([id, job]) =>
      job === null ? [] : [[plainJob(jobLine(job, escapePercent !== false)), id] as const],
    ),
  );
  const unread: Diagnostic[] = [];
  const same: Diagnostic[] = [];
  for (const piece of pieces) {
    if (piece.ours) continue;
    const meaning = meaningOf(piece.line);
    if (meaning.is !== 'job') continue;
    const problem = scheduleProblem(meaning.text);
    const at = { file: path, line: piece.number, column: meaning.column + (problem?.column ?? 0) };
    if (problem !== null) unread.push(unreadLine(at, problem.message));
    const id = declared.get(plainJob(meaning.text));
    if (id !== undefined) same.push(sameLine(at, id));
  }
  return [...unread.slice(0, MOST_TOLD), ...same.slice(0, MOST_TOLD)];
}

type Place = NonNullable<Diagnostic['at']>;

/** `column` from 0. */
function scheduleProblem(text: string): { column: number; message: string } | null {
  const job = jobText(text);
  if (job === null) return { column: 0, message: 'it has not the fields of a job' };
  const read = readCrontab(job.schedule);
  if (!read.ok) {
    const [first] = read.problems;
    return { column: (first?.column ?? 1) - 1, message: first?.message ?? '' };
  }
  return job.rest === '' ? { column: text.length - 1, message: 'it has no command' } : null;
}

function unreadLine(at: Place, message: string): Diagnostic {
  return {
    code: 'SP2262',
    severity: 'warning',
    message: `${at.file}:${at.line}:${at.column}: ${message}; with a line that it cannot read cron ignores the whole file, these jobs too`,
    at,
    help: 'put that line right',
  };
}

function sameLine(at: Place, id: string): Diagnostic {
  return {
    code: 'SP2259',
    severity: 'warning',
    message: `${at.file}:${at.line}: the same as job ${id} stands here without a marker: it would run twice`,
    at,
    help: 'take that line out',
  };
}
