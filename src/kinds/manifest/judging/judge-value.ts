import type { FlagFact } from '../../../catalogue/flag-facts.ts';
import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { FlagDeclaration } from '../../../model/plan-file.ts';
import { parseGoBoolean } from '../values/go-scalars.ts';
import { nameOf, refused } from './subject.ts';
import type { Subject } from './subject.ts';
import { hasBooleanEntries, holdsCommas, isOneThing, typeProblem } from './value-type.ts';

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
  if (declaration.form === 'elements' || !hasBooleanEntries(fact)) return [];
  return Object.entries(declaration.entries).flatMap(([key, value]) => {
    if (value === null || parseGoBoolean(value) !== null) return [];
    const message = `${flag} takes entries that are true or false, not ${key}=${value}`;
    return [refused(subject, 'SP2063', message, `its type is ${fact.goType}`)];
  });
}
