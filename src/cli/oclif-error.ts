import { stripVTControlCharacters } from 'node:util';

import { Errors } from '@oclif/core';

import { didYouMean } from '../diagnostics/suggest.ts';
import type { SetpointError } from '../diagnostics/setpoint-error.ts';
import { usageError } from './usage-error.ts';

/** The parts of oclif's parse errors that are used; the classes themselves are not exported. */
interface ParseError extends Error {
  readonly flags?: readonly string[];
  readonly args?: readonly unknown[];
  readonly parse?: { readonly input?: { readonly flags?: Readonly<Record<string, unknown>> } };
}

/**
 * oclif's error as one of ours, `null` when it is not about the command line. Always exit 64: oclif gives 2 or 1 for invalid
 * option values and unknown commands, whatever `oclif.exitCodes` says. `commands`: ids with
 * blanks, for did-you-mean; `command`: the one that was called, for the help.
 */
export function usageErrorFrom(
  error: unknown,
  commands: readonly string[],
  command: string,
): SetpointError | null {
  if (!(error instanceof Errors.CLIError)) return null;
  const message = plainMessage(error.message);
  const unknown = /^command (.+) not found$/.exec(message)?.[1];
  if (unknown !== undefined) return unknownCommand(unknown.replaceAll(':', ' '), commands);
  const { flags, parse } = error as ParseError;
  if (Array.isArray(flags)) {
    return unknownFlags(flags, Object.keys(parse?.input?.flags ?? {}), command);
  }
  const option = /^Expected (.+) to be one of: (.+)$/.exec(message);
  if (option !== null) return invalidOption(option[1] ?? '', (option[2] ?? '').split(', '));
  const pair = /^--([\w-]+)\S* cannot also be provided when using --([\w-]+)/.exec(message);
  if (pair !== null) {
    const both = `--${pair[1] ?? ''} and --${pair[2] ?? ''} exclude each other`;
    return usageError('SP9001', both, `see setpoint ${command} --help`);
  }
  const missing = /^Missing \d+ required args?: (\S+)/.exec(message)?.[1];
  if (missing !== undefined) {
    const what = `${missing.toUpperCase()} is missing`;
    return usageError('SP9001', what, `see setpoint ${command} --help`);
  }
  return usageError('SP9001', lowerFirst(message), `see setpoint ${command} --help`);
}

function unknownCommand(word: string, commands: readonly string[]): SetpointError {
  if (word.startsWith('-')) {
    return usageError('SP9003', `unknown flag ${word}`, 'the command comes first: setpoint --help');
  }
  const near = didYouMean(word, commands);
  const help = near === null ? 'setpoint --help lists all commands' : `did you mean "${near}"?`;
  return usageError('SP9002', `unknown command "${word}"`, help);
}

function unknownFlags(
  flags: readonly string[],
  known: readonly string[],
  command: string,
): SetpointError {
  const names = flags.map((flag) => flag.split('=')[0] ?? flag);
  const near = names.flatMap((name) => didYouMean(name.replace(/^-+/, ''), known) ?? []);
  const help =
    near.length === 0
      ? `setpoint ${command} --help lists the flags`
      : `did you mean ${near.map((name) => `--${name}`).join(', ')}?`;
  return usageError('SP9003', `unknown flag ${names.join(', ')}`, help);
}

function invalidOption(given: string, options: readonly string[]): SetpointError {
  const value = given.slice(given.indexOf('=') + 1);
  const near = didYouMean(value, options);
  const help = near === null ? `one of: ${options.join(', ')}` : `did you mean "${near}"?`;
  return usageError('SP9001', `${given}: not one of ${options.join(', ')}`, help);
}

/** One line without oclif's hints and terminal sequences: it paints whether or not stderr is a terminal. */
function plainMessage(message: string): string {
  return stripVTControlCharacters(message)
    .replace(/\nSee more help with --help$/, '')
    .replace(/^The following errors? occurred:\s*/, '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .trim();
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
