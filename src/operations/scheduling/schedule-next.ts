import type { Dialect } from '../../cron/dialect.ts';
import { localTime } from '../../cron/zone/local-time.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { EXIT } from '../../model/outcome.ts';
import type { UnnamedSession } from '../session.ts';
import { readEntries } from './read-entries.ts';
import { expressionSource, isExpression, readSource } from './read-source.ts';
import { openReckoning } from './reckoning.ts';
import type { ScheduleNextResult } from './results.ts';
import { scheduleWarnings } from './schedule-warnings.ts';
import { instantOf } from './time-asked.ts';
import type { TimeAsked } from './time-asked.ts';

export interface NextOptions {
  /** A file, or an expression. */
  readonly subject: string;
  readonly count: number;
  readonly from: TimeAsked;
  /** For schedules that name none; null: reckoned as if it were UTC. */
  readonly zone: string | null;
  readonly dialect: Dialect | null;
  /** Warn of schedules that fire more often than every so many minutes; null: do not. */
  readonly warnEvery: number | null;
}

export interface NextAnswer {
  readonly result: ScheduleNextResult;
  readonly diagnostics: readonly Diagnostic[];
}

const MOST_RUNS = 200_000;

/** The next runs of an expression, or of each schedule of a file; an expression that cannot be read is thrown, 65. Writes nothing. */
export async function scheduleNext(
  session: UnnamedSession,
  options: NextOptions,
): Promise<NextAnswer> {
  const { subject, dialect, count } = options;
  const shown = options.zone ?? 'UTC';
  const from = instantOf(options.from, shown);
  const source = isExpression(subject)
    ? expressionSource(subject, dialect)
    : await readSource(session, subject, dialect);
  const { read, problems } = readEntries(source, shown);
  if (read.length === 0) throw new SetpointError(EXIT.invalidPlan, problems);
  if (read.length * count > MOST_RUNS) {
    const message = `--count ${count}: ${read.length} schedules would have ${read.length * count} runs`;
    const help = `write --count ${Math.floor(MOST_RUNS / read.length)} or less`;
    throw new SetpointError(EXIT.usage, [{ code: 'SP9021', severity: 'error', message, help }]);
  }
  const reckoning = await openReckoning(
    read.map(({ schedule }) => schedule),
    { from, count },
  );
  const told = read.map((one) => ({
    name: one.entry.name,
    schedule: one.entry.text.trim().replaceAll(/\s+/g, ' '),
    dialect: one.entry.dialect,
    zone: one.entry.zone ?? options.zone,
    enabled: one.entry.enabled,
    words: reckoning.describe(one.schedule),
    next: reckoning.next(one),
  }));
  const { nextRuns } = reckoning;
  const warnings = scheduleWarnings({ source, read, nextRuns, from, warnEvery: options.warnEvery });
  const result = { from: localTime(from, shown), schedules: told };
  return { result, diagnostics: [...problems, ...source.warnings, ...warnings] };
}
