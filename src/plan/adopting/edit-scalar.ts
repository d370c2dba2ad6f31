import { isScalar } from 'yaml';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { escapeReferences, hasMarker, textParts } from '../files/references.ts';
import { report } from '../files/source-file.ts';
import type { EditContext, PlanEdit } from './adoption.ts';
import { editVariable } from './edit-variable.ts';
import { noPlace, placeOf, spanOf } from './place.ts';
import type { PlanText } from './plan-text.ts';
import type { ScalarWish } from './splice-value.ts';
import { spliceScalar } from './splice-value.ts';

/**
 * Gives the scalar at a path another value, or the variable that it stands for. Fails with SP3080 (not to be changed there), SP3081
 * (put together from variables), SP3082 (a variable cannot hold it).
 */
export function editScalar(
  plan: PlanText,
  path: readonly string[],
  wish: ScalarWish,
  context: EditContext,
): Result<PlanEdit> {
  const found = placeOf(plan, path);
  if (!found.ok) return found;
  const place = found.value;
  const node = place?.pair.value ?? null;
  if (place === null || node === null || place.path.length !== path.length || !isScalar(node)) {
    return fail(noPlace(plan, path.join('.')));
  }
  const marked = typeof node.value === 'string' && hasMarker(node.value);
  const parts = marked ? textParts(String(node.value)) : [];
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'reference') {
    return editVariable(plan, { name: only.name, span: spanOf(node) }, wish, context);
  }
  const names = parts.flatMap((part) => (part.kind === 'reference' ? [part.raw] : []));
  if (names.length > 0) {
    const message = `this value is put together from ${[...new Set(names)].join(', ')}`;
    const help = 'change the variable or write the whole value here, by hand';
    return fail(report(plan.document.tree.file, 'SP3081', spanOf(node), message, help));
  }
  const text = wish.text === null ? null : escapeReferences(wish.text);
  const splices = spliceScalar(plan, place, node, { ...wish, text });
  return ok({ splices, paths: [path], structural: false });
}
