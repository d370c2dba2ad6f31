import type { FlagFact } from '../../../catalogue/flag-facts.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { FlagDeclaration } from '../../../model/plan-file.ts';
import { flagsNamed } from '../flags/command-line.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { FILLED_IN } from '../flags/filled-in.ts';
import { nameOf, refused, warned } from './subject.ts';
import type { Subject } from './subject.ts';

/** The command line without and with what a plan does to it; `before` null: it cannot be read. */
export interface Lines {
  readonly before: CommandLine | null;
  readonly after: CommandLine;
}

/**
 * Without a value the component takes the suites of the Go it was built with, which its default does not show (k8s.io/apiserver
 * pkg/server/options serving.go; etcd client/pkg/tlsutil): whether an excluded one is among them cannot be told.
 */
const CHOSEN_BY_GO: ReadonlySet<string> = new Set(['tls-cipher-suites', 'cipher-suites']);

/**
 * A list that is not given is its default: what is excluded may be in it (SP2071), and the first element that is given replaces all of
 * it (SP2072). Parts of a list and keys of a map are judged alike (component-base cli/flag: the first `Set` empties the map).
 */
export function judgeDefault(
  subject: Subject,
  fact: FlagFact,
  declaration: FlagDeclaration,
  lines: Lines,
): readonly Diagnostic[] {
  // Elements of a map and entries of a list are refused already (judge-value.ts).
  const form = fact.type === 'list' ? 'elements' : fact.type === 'map' ? 'entries' : null;
  const parts = form === declaration.form ? partsOf(declaration) : null;
  if (parts === null) return [];
  const byDefault = defaultParts(fact, lines.after);
  const named = (list: readonly string[], part: string): boolean =>
    list.includes(nameOfPart(fact, part));
  if (!isGiven(lines.after, fact.name)) {
    const kept = byDefault.filter((part) => !named(parts.unwanted, part));
    return judgeAbsent(
      subject,
      fact,
      { ...parts, byDefault, kept },
      isGiven(lines.before, fact.name),
    );
  }
  if (isGiven(lines.before, fact.name) || parts.wanted.length === 0) return [];
  const lost = byDefault.filter((part) => !named([...parts.wanted, ...parts.unwanted], part));
  if (lost.length === 0) return [];
  const message = `--${fact.name} is not given so far: what is included would replace its default ${byDefault.join(',')}`;
  const help = `to keep it declare ${example(fact, lost, parts.written)}; to lose it name it under exclude`;
  return [refused(subject, 'SP2072', message, help)];
}

interface Parts {
  /** Names: elements, or keys of entries. */
  readonly wanted: readonly string[];
  readonly unwanted: readonly string[];
  /** As a flag holds what is wanted. */
  readonly written: readonly string[];
}

function judgeAbsent(
  subject: Subject,
  fact: FlagFact,
  { unwanted, byDefault, kept }: Parts & Record<'byDefault' | 'kept', readonly string[]>,
  wasGiven: boolean,
): readonly Diagnostic[] {
  if (unwanted.length === 0) return [];
  const flag = `--${fact.name}`;
  const state = wasGiven ? 'would be left without a value and go' : 'is not given';
  if (CHOSEN_BY_GO.has(fact.name)) {
    const message = `${flag} ${state}: ${nameOf(subject)} then chooses by itself, and may choose ${unwanted.join(', ')}`;
    const help = `name what is meant: \`${fact.name}: {include: […]}\``;
    return [refused(subject, 'SP2071', message, help)];
  }
  if (kept.length < byDefault.length) {
    const message = `${flag} ${state}, and its default ${byDefault.join(',')} holds what is excluded`;
    const help =
      kept.length === 0
        ? `nothing of the default is left: include what is meant instead`
        : `declare what is left: ${example(fact, kept, [])}`;
    return [refused(subject, 'SP2071', message, help)];
  }
  if (!wasGiven || byDefault.length === 0) return [];
  const message = `${flag} ${state}: its default ${byDefault.join(',')} holds again`;
  return [warned(subject, 'SP2073', message)];
}

function partsOf(declaration: FlagDeclaration): Parts | null {
  if (declaration.form === 'elements') {
    const { include, exclude } = declaration;
    return { wanted: include, unwanted: exclude, written: include };
  }
  if (declaration.form !== 'entries') return null;
  const all = Object.entries(declaration.entries);
  const given = all.filter(([, value]) => value !== null);
  return {
    wanted: given.map(([key]) => key),
    unwanted: all.filter(([, value]) => value === null).map(([key]) => key),
    written: given.map(([key, value]) => `${key}=${value}`),
  };
}

/** pflag prints a list in brackets. */
function defaultParts(fact: FlagFact, after: CommandLine): readonly string[] {
  const filledIn = FILLED_IN.get(fact.name);
  if (filledIn !== undefined) return isGiven(after, filledIn.unless) ? [] : filledIn.parts;
  const text = fact.default.replace(/^\[(.*)\]$/s, '$1');
  return text === '' ? [] : text.split(',');
}

function nameOfPart({ type }: FlagFact, part: string): string {
  return type === 'map' ? (part.split('=', 1)[0] ?? '') : part;
}

/** As a plan file says it. */
function example(fact: FlagFact, kept: readonly string[], more: readonly string[]): string {
  const whole = [...kept, ...more.filter((part) => !kept.includes(part))];
  if (fact.type !== 'map') return `\`include: [${whole.map(inYaml).join(', ')}]\``;
  const pairs = whole.map((part) => {
    const [key = '', ...value] = part.split('=');
    return `${inYaml(key)}: ${inYaml(value.join('='))}`;
  });
  return `\`entries: {${pairs.join(', ')}}\``;
}

function inYaml(text: string): string {
  return /^[A-Za-z0-9][\w./-]*$/.test(text) ? text : JSON.stringify(text);
}

function isGiven(line: CommandLine | null, flag: string): boolean {
  return line !== null && flagsNamed(line, flag).length > 0;
}
