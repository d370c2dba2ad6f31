import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import { itemsOf } from '../pod/container.ts';
import type { WrittenContainer } from '../pod/container.ts';
import { readTokens } from './token.ts';
import type { FlagToken, Token } from './token.ts';
import { refusal } from '../../../structured/refusal.ts';
import type { Spot } from '../../../structured/refusal.ts';
import { findArgumentStart } from '../pod/wrapper.ts';

/** A container's arguments read as flags. */
export interface CommandLine {
  readonly container: WrittenContainer;
  /** Arguments after the component binary and its subcommand. */
  readonly tokens: readonly Token[];
  /** The flags among the tokens by canonical name, each in order. */
  readonly flags: ReadonlyMap<string, readonly FlagToken[]>;
  /** Index among all items (command, then args) of the first token. */
  readonly start: number;
}

/** A bare `--flag` is `true` to pflag (NoOptDefVal of bool flags) and to Go's flag package. */
export const BARE_VALUE = 'true';

/** Reads a container's arguments. Fails with SP2012 (template text), SP2013 (shell), SP2014 (launcher, `--`). */
export function readCommandLine(container: WrittenContainer): Result<CommandLine> {
  const items = itemsOf(container);
  const { path, text } = container.source;
  const template = items.find((item) => hasTemplateText(item.text));
  if (template !== undefined) {
    const spot = { path, text, offset: template.start };
    const help = 'render the template first; setpoint edits the finished manifest';
    return fail(refusal('SP2012', spot, `template text in ${template.text}`, help));
  }
  const argv = items.map((item) => item.text);
  const start = findArgumentStart(argv, container.command !== null);
  const spot = { path, text, offset: items[0]?.start ?? 0 };
  if (start.kind !== 'at') return fail(wrapped(start, spot));
  const rest = items.slice(start.index);
  const terminator = rest.find((item) => item.text === '--');
  if (terminator !== undefined) {
    const help = 'write the component as the first item and its flags after it';
    const at = { path, text, offset: terminator.start };
    return fail(refusal('SP2014', at, '`--` ends the flags of the command', help));
  }
  const tokens = readTokens(container, rest);
  return ok({ container, tokens, flags: flagsByName(tokens), start: start.index });
}

/** Whether a text looks like something a renderer still has to fill in. */
export function hasTemplateText(text: string): boolean {
  return text.includes('{{') || text.includes('${');
}

/** Every occurrence of a flag, in order. `name` is canonical. */
export function flagsNamed(line: CommandLine, name: string): readonly FlagToken[] {
  return line.flags.get(name) ?? [];
}

function flagsByName(tokens: readonly Token[]): ReadonlyMap<string, readonly FlagToken[]> {
  const flags = new Map<string, FlagToken[]>();
  for (const token of tokens) {
    if (token.kind !== 'flag') continue;
    const known = flags.get(token.name);
    if (known === undefined) flags.set(token.name, [token]);
    else known.push(token);
  }
  return flags;
}

function wrapped(start: { kind: 'shell' | 'launcher'; program: string }, spot: Spot) {
  if (start.kind === 'shell') {
    const help = 'write the component and its flags as list items, without a shell';
    return refusal('SP2013', spot, `the component is started through ${start.program}`, help);
  }
  const help = 'known are plain binaries, /go-runner and /hyperkube; others are not edited';
  return refusal('SP2014', spot, `the component is started through ${start.program}`, help);
}
