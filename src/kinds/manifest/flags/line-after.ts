import { ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import type { WrittenContainer } from '../pod/container.ts';
import type { ListItem } from '../text/item-list.ts';
import { listAfter } from '../text/list-after.ts';
import type { ListAfter } from '../text/list-after.ts';
import type { TextSplice } from '../text/text-splice.ts';
import { hasTemplateText, readCommandLine } from './command-line.ts';
import type { CommandLine } from './command-line.ts';
import { readTokens } from './token.ts';
import type { FlagToken, Token } from './token.ts';

/** A command line whose flags by name can be kept up. */
export type OwnLine = CommandLine & { readonly flags: Map<string, readonly FlagToken[]> };

/** A command line that nobody else has, so that it may be used up by lineAfter. */
export function ownLine(line: CommandLine): OwnLine {
  return { ...line, flags: new Map(line.flags) };
}

/**
 * A command line as it would be read from `text`, its own text with a splice applied; `null` where only a parse of the whole text
 * tells. Fails as readCommandLine does. The line given is used up: see listAfter.
 */
export function lineAfter(line: OwnLine, text: string, splice: TextSplice): Result<OwnLine> | null {
  const { container } = line;
  const { source } = container;
  const [command, args] = [container.command, container.args].map(
    (list) => list && listAfter(source.text, text, list, splice),
  );
  const isLost = (container.command && !command) || (container.args && !args);
  if (isLost) return null;
  const lists = { command: command?.list ?? null, args: args?.list ?? null };
  const after: WrittenContainer = { ...container, source: { ...source, text }, ...lists };
  const changed = [command, args].filter((one) => one && one.gone.length + one.added.length > 0);
  const [only] = changed;
  if (!only) return ok({ ...line, container: after });
  const tokens = changed.length === 1 ? tokensAfter(line, after, only) : null;
  if (tokens !== null) return ok({ ...line, container: after, tokens });
  const read = readCommandLine(after);
  return read.ok ? ok(ownLine(read.value)) : read;
}

/**
 * The tokens with those of some items in place of others, the flags by name kept up with them; `null` where what stands beside them
 * might be read otherwise now: only of flags with `=` before and in the splice, behind another such flag, it is certain that it is not.
 */
function tokensAfter(
  { tokens, flags }: OwnLine,
  container: WrittenContainer,
  { list, gone, added }: ListAfter,
): readonly Token[] | null {
  const behind = list.items[(added.at(-1)?.index ?? 0) + 1];
  const next =
    gone[0] ?? behind ?? (list.name === 'command' ? container.args?.items[0] : undefined);
  const at = next === undefined ? tokens.length : tokens.findIndex(({ item }) => item === next);
  const before = tokens[at - 1];
  const left = tokens.slice(at, at + gone.length);
  const come = readTokens(container, added);
  if (before === undefined || !isWhole(before)) return null;
  if (!left.every(isWhole) || !areOf(left, gone)) return null;
  if (!come.every(isWhole) || !areOf(come, added)) return null;
  if (added.some(({ text }) => hasTemplateText(text))) return null;
  const after = tokens.toSpliced(at, gone.length, ...come);
  for (const name of new Set([...left, ...come].map((one) => one.name))) {
    const others = (flags.get(name) ?? []).filter((one) => !left.includes(one));
    const own = come.filter((one) => one.name === name);
    // Where there are others, too, the order of all of them is that of the tokens.
    const all = (one: Token): one is FlagToken => one.kind === 'flag' && one.name === name;
    const given = others.length > 0 ? after.filter(all) : own;
    if (given.length === 0) flags.delete(name);
    else flags.set(name, given);
  }
  return after;
}

/** `--flag=value`, which says nothing about the item after it. */
function isWhole(token: Token): token is FlagToken {
  return token.kind === 'flag' && token.value !== null && token.valueItem === null;
}

function areOf(tokens: readonly Token[], items: readonly ListItem[]): boolean {
  return tokens.length === items.length && tokens.every(({ item }, at) => item === items[at]);
}
