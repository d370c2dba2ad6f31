import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { shellLine } from '../diagnostics/shell-words.ts';

/** Global flags that say which host and workspace are meant. */
interface PlaceFlags {
  readonly chdir?: string | undefined;
  readonly root?: string | undefined;
  readonly host?: string | undefined;
}

/** Flags as a person would repeat them in the next command. */
export function repeatedFlags({ chdir, root, host }: PlaceFlags): readonly string[] {
  return [
    ...(chdir === undefined ? [] : ['-C', chdir]),
    ...(root === undefined ? [] : ['--root', root]),
    ...(host === undefined ? [] : ['--host', host]),
  ];
}

const SPELLINGS = { chdir: ['--chdir', '-C'], root: ['--root'], host: ['--host'] } as const;

/** The same from an argument vector, for where it may not have been parsed. The last one of a kind counts. */
export function repeatedFlagsIn(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  const value = (spellings: readonly string[]): string | undefined =>
    words
      .flatMap((word, at) => {
        const name = spellings.find((one) => word === one || word.startsWith(`${one}=`));
        if (name === undefined) return [];
        return word === name ? (words[at + 1] ?? []) : word.slice(name.length + 1);
      })
      .at(-1);
  const { chdir, root, host } = SPELLINGS;
  return repeatedFlags({ chdir: value(chdir), root: value(root), host: value(host) });
}

/** Commands that work on a host or in a workspace; the others mean the same everywhere. */
const COMMAND =
  '(?:apply|audit|backup (?:list|prune|restore|show|verify)|blame|check|confirm|doc (?:get|set)|doctor|drift|history(?: show| verify)?|import|' +
  'install-recovery|locks|plan|recover|revert|schedule (?:next|timeline)|state (?:adopt|list|pull|push|show|verify)|status|validate)(?![\\w-])';
/** A flag, a run's id, or a word in capitals that stands for one. Anything else may be prose again. */
const WORD =
  '(?: (?:--(?!root|host|chdir)[a-z][a-z-]*(?:=[\\w-]+)?|[0-9A-HJKMNP-TV-Z]{26}|[A-Z]{2,}|…)(?![\\w=-]))*';
const COMMANDS = new RegExp(`\\bsetpoint ${COMMAND}${WORD}`, 'g');
const COMMANDS_TO_WAIT_FOR = new RegExp(`(?<=for: )setpoint ${COMMAND}${WORD}`, 'g');

/** A hint for people, every command in it with the flags that this one was given: copied, it must act on the same host. */
export function withFlags(hint: string, flags: readonly string[] = []): string {
  return repeatIn(hint, COMMANDS, flags);
}

/** As `withFlags`, for text in which other processes are named by their command: theirs stay as they are. */
export function withFlagsToWaitFor(text: string, flags: readonly string[] = []): string {
  return repeatIn(text, COMMANDS_TO_WAIT_FOR, flags);
}

/** Diagnostics whose hints can be copied: people and programs get the same commands. */
export function diagnosticsWithFlags(
  diagnostics: readonly Diagnostic[],
  flags: readonly string[] = [],
): readonly Diagnostic[] {
  return diagnostics.map((one) => ({
    ...one,
    message: withFlagsToWaitFor(one.message, flags),
    ...(one.help === undefined ? {} : { help: withFlags(one.help, flags) }),
  }));
}

/** A result whose own problems say the same as the diagnostics beside it. */
export function resultWithFlags(result: unknown, flags: readonly string[] = []): unknown {
  if (typeof result !== 'object' || result === null || !('problems' in result)) return result;
  const { problems } = result as { readonly problems: unknown };
  if (!Array.isArray(problems)) return result;
  return { ...result, problems: diagnosticsWithFlags(problems as readonly Diagnostic[], flags) };
}

function repeatIn(text: string, commands: RegExp, flags: readonly string[]): string {
  if (flags.length === 0) return text;
  return text.replaceAll(commands, (command, at: number) => {
    const after = text.slice(at + command.length);
    const given = ` ${shellLine(withoutThoseOf(after, flags))}`;
    return given === ' ' || after.startsWith(given) ? command : `${command}${given}`;
  });
}

/** A hint may name another host than the one that was given: that one is meant. `flags` are pairs. */
function withoutThoseOf(after: string, flags: readonly string[]): readonly string[] {
  const own = /^(?: --(?:root|host|chdir) \S+)*/u.exec(after)?.[0] ?? '';
  return flags.filter((_, i) => flags[i - (i % 2)] !== '--host' || !own.includes(' --host '));
}
