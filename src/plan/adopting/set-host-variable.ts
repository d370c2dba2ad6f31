import { isMap, isScalar } from 'yaml';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { report } from '../files/source-file.ts';
import type { PlanEdit } from './adoption.ts';
import { insertAfter } from './insert-pair.ts';
import type { NewPair } from './insert-pair.ts';
import { placeOf } from './place.ts';
import type { Place } from './place.ts';
import type { PlanText } from './plan-text.ts';
import { scalarText } from '../../structured/scalar-text.ts';
import type { ScalarWish } from './splice-value.ts';
import { settingOf, spliceScalar } from './splice-value.ts';

export interface HostVariable {
  readonly host: string;
  readonly name: string;
  readonly wish: ScalarWish;
}

/** Changes or adds `hostVars.<host>.<name>`: it wins over everything else that the file says of the variable, on this host alone. */
export function setHostVariable(plan: PlanText, variable: HostVariable): Result<PlanEdit> {
  const { host, name, wish } = variable;
  const path = ['hostVars', host, name];
  const found = deepest(plan, path);
  if (!found.ok) return found;
  const place = found.value;
  const value = place?.pair.value ?? null;
  if (place?.path.length === path.length && value !== null && isScalar(value)) {
    const splices = spliceScalar(plan, place, value, wish);
    return ok({ splices, paths: [path], structural: false });
  }
  const beside = place === null ? placeOf(plan, ['vars']) : ok(lastIn(place));
  if (!beside.ok) return beside;
  if (beside.value === null) {
    const { nameSpan, tree } = plan.document;
    const message = `variable ${name} cannot be set for ${host}: no place for it under hostVars`;
    return fail(
      report(tree.file, 'SP3080', nameSpan, message, 'set it by hand, or write the value out'),
    );
  }
  const added = newPair(plan, beside.value, path.slice(place?.path.length ?? 0), wish);
  const splice = insertAfter(plan.text, beside.value, added);
  return ok({ splices: [splice], paths: [path], structural: true });
}

/** As far as the path is written already. */
function deepest(plan: PlanText, path: readonly string[]): Result<Place | null> {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const found = placeOf(plan, path.slice(0, depth));
    if (!found.ok || found.value !== null) return found;
  }
  return ok(null);
}

/** The last pair of the map at a place, which another one can follow. */
function lastIn({ path, pair, inFlow }: Place): Place | null {
  const map = pair.value;
  if (map === null || !isMap(map)) return null;
  const last = map.items.at(-1);
  if (last === undefined) return null;
  return { path, map, pair: last, inFlow: inFlow || map.flow === true };
}

function newPair(
  plan: PlanText,
  beside: Place,
  path: readonly string[],
  { text, mustBeText }: ScalarWish,
): NewPair {
  const [key = '', ...rest] = path;
  // The same form for keys: a host's name may be a number.
  const form = { ...settingOf(plan, beside), inFlow: true };
  const shown = (word: string, isText: boolean): string =>
    scalarText(word, { ...form, form: 'plain', mustBeText: isText }).inline;
  const value =
    rest.length > 0
      ? newPair(plan, beside, rest, { text, mustBeText })
      : text === null
        ? 'null'
        : shown(text, mustBeText);
  return { key: shown(key, true), value };
}
