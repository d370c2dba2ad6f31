import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { renderDiagnostics } from '../diagnostics/render.ts';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { EXIT } from '../model/outcome.ts';
import { conflictData } from '../operations/planning/conflict/conflict-data.ts';
import { StaleSetError } from '../operations/planning/stale-set-error.ts';
import { unforeseen } from './crash-report.ts';
import { envelopeText, errorEnvelope } from './envelope.ts';
import { reasonFor } from './file-error.ts';
import { usageErrorFrom } from './oclif-error.ts';
import { outputFormat } from './output-format.ts';
import { diagnosticsWithFlags, repeatedFlagsIn } from './repeated-flags.ts';
import { colorAllowed } from './style.ts';

export interface Invocation {
  readonly argv: readonly string[];
  /** Every command id, written with blanks; asked for only when a name was wrong. */
  readonly commands: () => readonly string[] | Promise<readonly string[]>;
}

/**
 * Runs `work`. Whatever it throws becomes diagnostics on stderr, with `--json` an envelope on stdout, and an exit code:
 * a SetpointError's own, 64 for a wrong command line, 70 for a bug. Never rejects and never prints a stack, except where a
 * crash file cannot be written.
 */
export async function withErrorBoundary(
  invocation: Invocation,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isExit(error)) {
      process.exitCode = error.oclif.exit;
      return;
    }
    reportError(await asSetpointError(error, invocation), invocation.argv);
  }
}

/** Prints an error and sets the exit code of the process. */
export function reportError(error: SetpointError, argv: readonly string[]): void {
  process.exitCode = error.exitCode;
  const format = outputFormat(argv);
  if (format !== 'text') {
    const diagnostics = diagnosticsWithFlags(error.diagnostics, repeatedFlagsIn(argv));
    const conflicts = error instanceof StaleSetError ? error.conflicts.map(conflictData) : [];
    const envelope = errorEnvelope(commandName(argv), error.exitCode, diagnostics, conflicts);
    process.stdout.write(`${envelopeText(envelope, format)}\n`);
  }
  writeDiagnostics(error.diagnostics, argv.includes('--no-color'), repeatedFlagsIn(argv));
}

/**
 * Says on stderr that the answer did not reach standard output. A command that did what was asked exits 1 then, because who
 * asked does not know; every other exit code says more than that and stays.
 */
export function reportLostAnswer(error: NodeJS.ErrnoException, argv: readonly string[]): void {
  if ((process.exitCode ?? EXIT.done) === EXIT.done || process.exitCode === EXIT.pending) {
    process.exitCode = EXIT.failed;
  }
  const message = `the answer could not be written: ${reasonFor(error)}`;
  const problem = { code: 'SP9012', severity: 'error', message } as const;
  writeDiagnostics([problem], argv.includes('--no-color'));
}

/** Diagnostics for people, on stderr; commands in their hints get `repeatedFlags`. */
export function writeDiagnostics(
  diagnostics: readonly Diagnostic[],
  noColor: boolean,
  repeatedFlags: readonly string[] = [],
): void {
  if (diagnostics.length === 0) return;
  const color = colorAllowed({ isTTY: process.stderr.isTTY, env: process.env, noColor });
  const complete = diagnosticsWithFlags(diagnostics, repeatedFlags);
  process.stderr.write(`${renderDiagnostics(complete, { color })}\n`);
}

async function asSetpointError(error: unknown, invocation: Invocation): Promise<SetpointError> {
  if (error instanceof SetpointError) return error;
  const usage = usageErrorFrom(error, await invocation.commands(), commandName(invocation.argv));
  return usage ?? unforeseen(error, invocation.argv, new Date());
}

/** oclif ends a command early by throwing (`--help` inside a command, for one). */
function isExit(error: unknown): error is { oclif: { exit: number } } {
  return error instanceof Error && 'code' in error && error.code === 'EEXIT' && 'oclif' in error;
}

/** `history` has arguments of its own. */
const OF_TOPIC = /^(?:history (?:show|verify)|(?:backup|doc|schedule|state) [a-z]+)$/;

/** The command as it was written: leading words, at most a topic and its command. */
export function commandName(argv: readonly string[]): string {
  const [first = '', second = ''] = argv;
  if (first === '' || first.startsWith('-')) return 'setpoint';
  const both = `${first} ${second}`;
  return OF_TOPIC.test(both) ? both : first.replace(':', ' ');
}
