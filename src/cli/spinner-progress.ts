import { DefaultRenderer, Listr, ListrLogger, ProcessOutput } from 'listr2';
import type { ListrRendererFactory, ListrTaskWrapper } from 'listr2';

import type { Outcome } from '../model/outcome.ts';
import type { RunEvent } from '../model/run-event.ts';
import type { Progress } from './run-progress.ts';
import { activity, eventLine } from './views/event-line.ts';

/** listr2 looks at stdout's terminal; ours paints on stderr, also when stdout is a pipe. */
class StderrRenderer extends DefaultRenderer {
  static override nonTTY = true;
}

const GOOD: ReadonlySet<Outcome> = new Set(['applied', 'awaiting-confirmation']);

type Wrapper = ListrTaskWrapper<unknown, typeof StderrRenderer, ListrRendererFactory>;

/** One run on the screen: a task that stays open until its run ends. */
interface OpenRun {
  readonly plan: string;
  readonly repeatedFlags: readonly string[];
  wrapper: Wrapper | null;
  readonly early: RunEvent[];
  /** `null`: the events stopped without an outcome. */
  readonly end: (outcome: Outcome | null) => void;
  readonly finished: Promise<unknown>;
}

/**
 * Progress with a spinner per run on stderr: what is going on in the title, what happened in lines below it. Every signal is
 * the command's: listr2's own handler would end the process with 127 before any revert.
 */
export function spinnerProgress(repeatedFlags: readonly string[] = []): Progress {
  const runs = new Map<string, OpenRun>();
  let last: Promise<unknown> = Promise.resolve();
  return {
    listener(event) {
      if (event.type === 'window-awaited') {
        process.stderr.write(`${eventLine(event, repeatedFlags) ?? ''}\n`);
        return;
      }
      if (event.type === 'run-started' || event.type === 'recovery-started') {
        const opened = openRun(event.plan, last, repeatedFlags);
        runs.set(event.run, opened);
        last = opened.finished;
      }
      const run = runs.get(event.run);
      if (run !== undefined) show(run, event);
    },
    say(text) {
      const open = [...runs.values()].findLast(({ wrapper }) => wrapper !== null);
      if (open?.wrapper == null) process.stderr.write(`${text}\n`);
      else open.wrapper.output = text;
    },
    async finish() {
      for (const run of runs.values()) run.end(null);
      await Promise.all([...runs.values()].map((run) => run.finished));
    },
  };
}

/**
 * Painted when `previous` is done: two painters on one terminal would write over each other, and listr2 takes the stream's
 * `write` as it finds it when it is made.
 */
function openRun(
  plan: string,
  previous: Promise<unknown>,
  repeatedFlags: readonly string[],
): OpenRun {
  const { ended, end } = ending();
  const finishing = { end, finished: Promise.resolve() };
  const run: OpenRun = { plan, repeatedFlags, wrapper: null, early: [], ...finishing };
  const finished = previous.then(() => paint(run, ended)).catch(paintingFailed);
  return Object.assign(run, { finished });
}

/** What is shown must never stop what is done. */
function paintingFailed(error: unknown): void {
  process.stderr.write(`warning: progress cannot be shown: ${String(error)}\n`);
}

async function paint(run: OpenRun, ended: Promise<Outcome | null>): Promise<void> {
  const list = new Listr<unknown, typeof StderrRenderer, typeof StderrRenderer>(
    [
      {
        title: run.plan,
        rendererOptions: { outputBar: 6, persistentOutput: true },
        task: async (_context, wrapper) => {
          run.wrapper = wrapper as unknown as Wrapper;
          for (const event of run.early.splice(0)) show(run, event);
          const outcome = await ended;
          run.wrapper = null;
          // Failing paints the task red; nothing else comes of it.
          if (outcome !== null && !GOOD.has(outcome)) throw new Error(outcome);
        },
      },
    ],
    listOptions(),
  );
  await list.run();
}

/** A promise that is settled from outside (Promise.withResolvers comes with Node 22). */
function ending(): { readonly ended: Promise<Outcome | null>; readonly end: OpenRun['end'] } {
  const settle: { end?: OpenRun['end'] } = {};
  const ended = new Promise<Outcome | null>((resolve) => {
    settle.end = resolve;
  });
  return { ended, end: (outcome) => settle.end?.(outcome) };
}

function listOptions(): ConstructorParameters<
  typeof Listr<unknown, typeof StderrRenderer, typeof StderrRenderer>
>[1] {
  const output = new ProcessOutput(process.stderr, process.stderr);
  const rendererOptions = {
    logger: new ListrLogger({ processOutput: output }),
    showErrorMessage: false,
    collapseErrors: false,
  };
  return {
    renderer: StderrRenderer,
    fallbackRenderer: StderrRenderer,
    rendererOptions,
    fallbackRendererOptions: rendererOptions,
    registerSignalListeners: false,
    exitOnError: false,
  };
}

function show(run: OpenRun, event: RunEvent): void {
  if (run.wrapper === null) {
    run.early.push(event);
    if (event.type === 'run-ended') run.end(event.outcome);
    return;
  }
  const doing = activity(event);
  if (doing !== null) run.wrapper.title = `${run.plan}: ${doing}`;
  const line = eventLine(event, run.repeatedFlags);
  if (event.type === 'run-ended') {
    run.wrapper.title = `${run.plan}: ${event.outcome}`;
    run.end(event.outcome);
  } else if (line !== null) run.wrapper.output = line;
}
