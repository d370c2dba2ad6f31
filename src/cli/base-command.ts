import { Command } from '@oclif/core';

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ExitCode } from '../model/outcome.ts';
import { openCommandContext } from './command-context.ts';
import type { CommandContext } from './command-context.ts';
import type { CommandResult } from './command-results.ts';
import { envelopeText, resultEnvelope } from './envelope.ts';
import { writeDiagnostics } from './error-boundary.ts';
import { GLOBAL_FLAGS } from './global-flags.ts';
import type { GlobalFlags } from './global-flags.ts';
import { outputFormat } from './output-format.ts';
import { diagnosticsWithFlags, resultWithFlags } from './repeated-flags.ts';
import type { ViewOptions } from './views/view-options.ts';

/** What a command has to say: JSON for programs, text for people, and the exit code that both get. */
export interface Answer {
  readonly result: CommandResult;
  readonly exitCode: ExitCode;
  /** Problems that did not stop the command. With `--json` in the envelope, else on stderr unless `inText`. */
  readonly diagnostics?: readonly Diagnostic[];
  /** The text shows the diagnostics itself. */
  readonly inText?: boolean;
  /** Whether the text shows this diagnostic itself; the envelope has all of them. */
  readonly told?: (diagnostic: Diagnostic) => boolean;
  /** A last line for stderr, after everything else. */
  readonly closing?: string | null;
  readonly text: (view: ViewOptions) => string | Promise<string>;
}

/**
 * The base of every command: global flags, one answer as text or envelope. oclif's own JSON mode stays off (`enableJsonFlag`):
 * it turns every error's exit code into 1 and prints the parser's whole context. Errors pass through to the boundary.
 */
export abstract class BaseCommand extends Command {
  static override baseFlags = GLOBAL_FLAGS;

  /** Gives `work` its context, prints its answer and sets the exit code. */
  protected async answer(
    flags: GlobalFlags,
    work: (context: CommandContext) => Promise<Answer>,
  ): Promise<void> {
    const format = outputFormat(this.argv);
    const command = (this.id ?? '').replaceAll(':', ' ');
    const context = openCommandContext(flags, format, this.config.version);
    context.log.write('info', 'started', { command, version: this.config.version });
    const answer = await work(context);
    process.exitCode = answer.exitCode;
    if (format === 'text') await writeText(answer, context, flags['no-color']);
    else {
      const { exitCode, result } = answer;
      const diagnostics = diagnosticsWithFlags(answer.diagnostics ?? [], context.repeatedFlags);
      const given = resultWithFlags(result, context.repeatedFlags);
      const envelope = resultEnvelope(command, exitCode, given, diagnostics);
      process.stdout.write(`${envelopeText(envelope, format)}\n`);
    }
    if (answer.closing != null) process.stderr.write(`${answer.closing}\n`);
    context.log.write('info', 'ended', { command, exitCode: answer.exitCode });
  }

  /** oclif's own handler would set exit codes and print; the boundary does that. */
  protected override catch(error: Error): Promise<never> {
    throw error;
  }
}

async function writeText(
  answer: Answer,
  { log, view, repeatedFlags }: CommandContext,
  noColor: boolean,
): Promise<void> {
  const text = await answer.text(view);
  if (text !== '') process.stdout.write(`${text.trimEnd()}\n`);
  if (answer.inText === true) return;
  const wanted = (answer.diagnostics ?? []).filter(
    ({ severity }) => severity === 'error' || log.enabled(severity === 'warning' ? 'warn' : 'info'),
  );
  writeDiagnostics(
    wanted.filter((diagnostic) => answer.told?.(diagnostic) !== true),
    noColor,
    repeatedFlags,
  );
}
