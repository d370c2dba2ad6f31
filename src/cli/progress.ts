import type { RunEvent, RunEventListener } from '../model/run-event.ts';
import type { CommandContext } from './command-context.ts';
import type { Progress } from './run-progress.ts';
import { runsInCi } from './style.ts';
import { eventLine } from './views/event-line.ts';

/**
 * Progress that fits the command: events as NDJSON on stdout (`--json-stream`), nothing (`--json`, or a log level below info),
 * a spinner on a terminal, plain lines on stderr everywhere else. Every event goes to the log file too.
 */
export async function openProgress(context: CommandContext): Promise<Progress> {
  const progress = await progressFor(context);
  const { show, failed } = harmless();
  return {
    listener(event) {
      show(() => {
        context.log.write(event.type === 'gate-attempt' ? 'debug' : 'info', event.type, { event });
        progress.listener(event);
      });
    },
    say: (text) => show(() => progress.say(text)),
    finish: () => progress.finish().catch(failed),
  };
}

/** What is shown must never stop what is done: a failure of it is told, once, and goes no further. */
function harmless(): { show: (work: () => void) => void; failed: (error: unknown) => void } {
  let told = false;
  function failed(error: unknown): void {
    if (told) return;
    told = true;
    writeText(`warning: progress cannot be shown: ${String(error)}`);
  }
  function show(work: () => void): void {
    try {
      work();
    } catch (error) {
      failed(error);
    }
  }
  return { show, failed };
}

async function progressFor({ format, log, repeatedFlags }: CommandContext): Promise<Progress> {
  if (format === 'json-stream') return withoutEnd(streamEvent);
  if (format === 'json' || !log.enabled('info')) return withoutEnd(() => {});
  if (!canAnimate(process.stderr, process.env)) {
    return withoutEnd((event) => writeLine(event, repeatedFlags));
  }
  const { spinnerProgress } = await import('./spinner-progress.ts');
  return spinnerProgress(repeatedFlags);
}

/** Whether a stream can be painted on: a terminal of at least 20 columns that is neither dumb nor a CI log. */
export function canAnimate(
  { isTTY, columns }: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  return isTTY && columns >= 20 && env['TERM'] !== 'dumb' && !runsInCi(env);
}

function withoutEnd(listener: RunEventListener): Progress {
  return { listener, say: writeText, finish: () => Promise.resolve() };
}

function streamEvent(event: RunEvent): void {
  process.stdout.write(`${JSON.stringify({ formatVersion: '1.0', ...event })}\n`);
}

function writeLine(event: RunEvent, repeatedFlags: readonly string[]): void {
  const line = eventLine(event, repeatedFlags);
  if (line !== null) writeText(line);
}

function writeText(text: string): void {
  process.stderr.write(`${text}\n`);
}
