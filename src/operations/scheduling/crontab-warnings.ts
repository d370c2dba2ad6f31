import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { readCrontabFile } from '../../kinds/crontab/crontab-file.ts';
import { meaningOf, splitLines } from '../../kinds/crontab/crontab-line.ts';
import { notEnded } from '../../kinds/crontab/unended.ts';

/** A file with such ends of lines has them in each. */
const MOST = 10;

/** What Debian's cron makes of a crontab as a whole, whatever its schedules are: it may ignore all of them (SP2254, SP2255). */
export function crontabWarnings(bytes: Uint8Array, file: string): readonly Diagnostic[] {
  const read = readCrontabFile({ exists: true, bytes, mode: 0o644 }, file);
  const lines = splitLines(Buffer.from(bytes).toString('latin1'));
  const last = lines.at(-1);
  const isOpen = last?.ended === false && meaningOf(last).is !== 'nothing';
  const zones = lines.flatMap((line, index) => {
    const meaning = meaningOf(line);
    if (meaning.is !== 'setting' || !/^(?:CRON_)?TZ$/.test(meaning.setting.name)) return [];
    return [zoneSetting(file, index + 1, meaning.setting.name)];
  });
  return [
    ...(read.ok ? [] : read.diagnostics.slice(0, MOST).map(asWarning)),
    ...(isOpen ? [asWarning(notEnded(file, lines.length))] : []),
    ...zones.slice(0, MOST),
  ];
}

/** Nothing is written here that it could stop. */
function asWarning(found: Diagnostic): Diagnostic {
  return { ...found, severity: 'warning' };
}

/** Rule: crontab(5) of Debian's cron, LIMITATIONS: it runs in one zone, and a zone that a crontab sets reaches only the commands. */
function zoneSetting(file: string, line: number, name: string): Diagnostic {
  return {
    code: 'SP2305',
    severity: 'warning',
    message: `${file}:${line}: ${name} is only a variable of the commands: Debian's cron runs jobs in the machine's zone, other crons may take it`,
    at: { file, line, column: 1 },
  };
}
