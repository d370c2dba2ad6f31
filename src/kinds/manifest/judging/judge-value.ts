import type { FlagFact, KnownWords } from '../../../catalogue/flag-facts.ts';
import { knownWords } from '../../../catalogue/known-words.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../../diagnostics/suggest.ts';
import type { FlagDeclaration } from '../../../model/plan-file.ts';
import { splitSegments } from '../flags/flag-segments.ts';
import type { CommandLine } from '../flags/command-line.ts';
import { isSet } from './parts-given.ts';
import { nameOf, refused } from './subject.ts';
import type { Subject } from './subject.ts';
import {
  entryProblem,
  entrySeparator,
  holdsCommas,
  isOneThing,
  typeProblem,
} from './value-type.ts';

/** Whether a declared value is of the flag's type, and one that the component knows (SP2063). */
export function judgeValue(
  subject: Subject,
  fact: FlagFact,
  declaration: FlagDeclaration,
  after: CommandLine,
): readonly Diagnostic[] {
  const flag = `--${fact.name} of ${nameOf(subject)}`;
  if (declaration.form === 'absent') return [];
  if (declaration.form === 'value') {
    return judgeText(subject, fact, declaration.value, after);
  }
  if (isOneThing(fact)) {
    const what = declaration.form === 'entries' ? 'entries' : 'elements';
    const help = 'declare its whole value';
    return [refused(subject, 'SP2063', `${flag} is one ${fact.type} and has no ${what}`, help)];
  }
  if (holdsCommas(fact)) {
    const help = `declare its whole value; its type is ${fact.goType}`;
    const what = `${flag} has commas inside its entries and cannot be declared entry by entry`;
    return [refused(subject, 'SP2063', what, help)];
  }
  const mismatch = formProblem(fact, declaration.form);
  if (mismatch !== null)
    return [refused(subject, 'SP2063', `${flag} ${mismatch.what}`, mismatch.help)];
  if (declaration.form === 'elements') {
    return declaration.include.flatMap((element) => judgeText(subject, fact, element, after));
  }
  if (fact.type === 'other') {
    const written = Object.entries(declaration.entries);
    return written.flatMap(([key, value]) =>
      value === null ? [] : judgeText(subject, fact, `${key}=${value}`, after),
    );
  }
  return Object.entries(declaration.entries).flatMap(([key, value]) => {
    const problem = value === null ? null : entryProblem(fact, key, value);
    if (problem === null) return [];
    const message = `${flag} ${problem}, not ${key}=${value}`;
    return [refused(subject, 'SP2063', message, `its type is ${fact.goType}`)];
  });
}

/** A value, or an element of a list. */
function judgeText(
  subject: Subject,
  fact: FlagFact,
  text: string,
  after: CommandLine,
): readonly Diagnostic[] {
  const { component, version } = subject.catalogue;
  const flag = `--${fact.name} of ${nameOf(subject)}`;
  const problem = typeProblem(fact, text, component);
  if (problem !== null) {
    const message = `${flag} ${problem}, not ${JSON.stringify(text)}`;
    return [refused(subject, 'SP2063', message, `its type is ${fact.goType}`)];
  }
  const known = knownWords(component, version, fact.name);
  if (known === null || (known.onlyWith !== undefined && !isSet(after, known.onlyWith))) return [];
  const given = fact.type === 'list' ? (splitSegments(text) ?? []) : [text];
  return given
    .filter((word) => !takes(known, word))
    .map((word) =>
      refused(
        subject,
        'SP2063',
        `${flag} does not take ${JSON.stringify(word)}`,
        instead(word, known),
      ),
    );
}

function takes({ words, anyCase }: KnownWords, word: string): boolean {
  return words.includes(word) || (anyCase === true && words.includes(word.toLowerCase()));
}

function instead(word: string, { words }: KnownWords): string {
  const near = didYouMean(word, words);
  if (near !== null && near !== '') return `did you mean ${near}?`;
  const named = words.filter((one) => one !== '');
  return `it takes ${named.slice(0, 6).join(', ')}${named.length > 6 ? ' and others' : ''}`;
}

/** A list has elements and a map has entries; the other way round what is written means something else than what is declared. */
function formProblem(
  fact: FlagFact,
  form: 'elements' | 'entries',
): { readonly what: string; readonly help: string } | null {
  const separator = entrySeparator(fact);
  if (fact.type === 'map' && separator !== '=') {
    const what = `separates keys from values by ${separator} and cannot be declared part by part`;
    return { what, help: 'declare its whole value' };
  }
  if (form === 'entries' && (fact.type === 'list' || fact.type === 'array')) {
    return { what: 'is a list and has no entries', help: 'declare `include` and `exclude`' };
  }
  if (form === 'elements' && fact.type === 'map') {
    return { what: 'is a map and has no elements', help: 'declare `entries`' };
  }
  return null;
}
