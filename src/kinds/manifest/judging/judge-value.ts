import type { FlagFact } from '../../../catalogue/flag-facts.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { FlagDeclaration } from '../../../model/plan-file.ts';
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
    const problem = typeProblem(fact, declaration.value);
    if (problem === null) return [];
    const message = `${flag} ${problem}, not ${JSON.stringify(declaration.value)}`;
    return [refused(subject, 'SP2063', message, `its type is ${fact.goType}`)];
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
  if (declaration.form === 'elements' || !hasBooleanEntries(fact)) return [];
  return Object.entries(declaration.entries).flatMap(([key, value]) => {
    if (value === null || parseGoBoolean(value) !== null) return [];
    const message = `${flag} takes entries that are true or false, not ${key}=${value}`;
    return [refused(subject, 'SP2063', message, `its type is ${fact.goType}`)];
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
