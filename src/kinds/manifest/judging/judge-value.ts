import type { FlagFact } from '../../../catalogue/flag-facts.ts';
import { knownWords } from '../../../catalogue/known-words.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { didYouMean } from '../../../diagnostics/suggest.ts';
import type { FlagDeclaration } from '../../../model/plan-file.ts';
import { splitSegments } from '../flags/flag-segments.ts';
import { parseGoBoolean } from '../values/go-scalars.ts';
import { nameOf, refused } from './subject.ts';
import type { Subject } from './subject.ts';
import {
  entrySeparator,
  hasBooleanEntries,
  holdsCommas,
  isOneThing,
  typeProblem,
} from './value-type.ts';

/** Whether a declared value is of the flag's type (SP2063). */
export function judgeValue(
  subject: Subject,
  fact: FlagFact,
  declaration: FlagDeclaration,
): readonly Diagnostic[] {
  const flag = `--${fact.name} of ${nameOf(subject)}`;
  if (declaration.form === 'absent') return [];
  if (declaration.form === 'value') {
    return judgeText(subject, fact, declaration.value);
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
    return declaration.include.flatMap((element) => judgeText(subject, fact, element));
  }
  if (fact.type === 'other') {
    const written = Object.entries(declaration.entries);
    return written.flatMap(([key, value]) =>
      value === null ? [] : judgeText(subject, fact, `${key}=${value}`),
    );
  }
  if (!hasBooleanEntries(fact)) return [];
  return Object.entries(declaration.entries).flatMap(([key, value]) => {
    if (value === null || parseGoBoolean(value) !== null) return [];
    const message = `${flag} takes entries that are true or false, not ${key}=${value}`;
    return [refused(subject, 'SP2063', message, `its type is ${fact.goType}`)];
  });
}

/** A value, or an element of a list. */
function judgeText(subject: Subject, fact: FlagFact, text: string): readonly Diagnostic[] {
  const { component, version } = subject.catalogue;
  const flag = `--${fact.name} of ${nameOf(subject)}`;
  const problem = typeProblem(fact, text, component);
  if (problem !== null) {
    const message = `${flag} ${problem}, not ${JSON.stringify(text)}`;
    return [refused(subject, 'SP2063', message, `its type is ${fact.goType}`)];
  }
  const words = knownWords(component, version, fact.name);
  if (words === null) return [];
  const given = fact.type === 'list' ? (splitSegments(text) ?? []) : [text];
  return given
    .filter((word) => !words.includes(word))
    .map((word) => {
      const near = didYouMean(word, words);
      const named = words.filter((one) => one !== '');
      const help =
        near === null || near === ''
          ? `it takes ${named.slice(0, 6).join(', ')}${named.length > 6 ? ' and others' : ''}`
          : `did you mean ${near}?`;
      return refused(subject, 'SP2063', `${flag} does not take ${JSON.stringify(word)}`, help);
    });
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
