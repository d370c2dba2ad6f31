import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { shellLine } from '../../diagnostics/shell-words.ts';
import type { JsonValue } from '../../model/item.ts';
import { addressOf } from '../drift/named-items.ts';
import { report } from '../files/source-file.ts';
import { itemName } from './adoption.ts';
import type { EditContext, ItemToAdopt, PlanEdit } from './adoption.ts';
import { editScalar } from './edit-scalar.ts';
import { otherScalars } from './other-scalars.ts';
import type { PlanText } from './plan-text.ts';

/** What a resource declares of an item, and what that is on the host. */
export interface ValuePair {
  /** Where it is declared: keys from the top of the plan file. */
  readonly path: readonly string[];
  readonly declared: JsonValue;
  /** `undefined`: nothing that a plan can declare. */
  readonly live: JsonValue | undefined;
}

/**
 * Gives each scalar of a declared value that is another one on the host what it is there. Fails as editScalar does, and with SP3083 where more
 * differs.
 */
export function editValue(
  plan: PlanText,
  { path, declared, live }: ValuePair,
  item: ItemToAdopt,
  context: EditContext,
): Result<PlanEdit> {
  const others = live === undefined ? null : otherScalars(declared, live);
  if (others === null) return fail(moreDiffers(plan, item));
  const edits: PlanEdit[] = [];
  for (const { path: inside, value } of others) {
    const mustBeText = typeof value === 'string';
    const text = value === null || mustBeText ? value : JSON.stringify(value);
    const edit = editScalar(plan, [...path, ...inside], { text, mustBeText }, context);
    if (!edit.ok) return edit;
    edits.push(edit.value);
  }
  return ok({
    splices: edits.flatMap(({ splices }) => splices),
    paths: edits.flatMap(({ paths }) => paths),
    structural: edits.some(({ structural }) => structural),
  });
}

function moreDiffers({ document }: PlanText, item: ItemToAdopt): Diagnostic {
  const { nameSpan, tree } = document;
  const back = shellLine(['setpoint', 'drift', '--restore', addressOf(item.path, item.label)]);
  const message = `${itemName(item)} differs by more than values that its resource names`;
  const help = `put it back: ${back}; or change its resource by hand`;
  return report(tree.file, 'SP3083', nameSpan, message, help);
}
