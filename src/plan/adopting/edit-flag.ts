import { isAlias, isMap } from 'yaml';
import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import { shellLine } from '../../diagnostics/shell-words.ts';
import { checkFlagValue, checkPart } from '../../kinds/manifest/flags/check-flag.ts';
import { canonicalFlagName, parseItemKey } from '../../kinds/manifest/flags/item-key.ts';
import type { FlagTarget } from '../../kinds/manifest/flags/item-key.ts';
import type { FlagDeclaration, ManifestSpec } from '../../model/plan-file.ts';
import { addressOf } from '../drift/named-items.ts';
import { report } from '../files/source-file.ts';
import { itemName } from './adoption.ts';
import type { EditContext, ItemToAdopt, PlanEdit } from './adoption.ts';
import { editScalar } from './edit-scalar.ts';
import { addElement, addList, elementAt, listAt, removeElement } from './list-edit.ts';
import type { ListPlace } from './list-edit.ts';
import { noPlace, placeOf, spanOf } from './place.ts';
import type { Place } from './place.ts';
import type { PlanText } from './plan-text.ts';

/** What a flag, an entry or an element of it needs changed. Fails with SP3080, SP3081, SP3082. */
export function editFlag(
  plan: PlanText,
  resource: string,
  spec: ManifestSpec,
  item: ItemToAdopt,
  context: EditContext,
): Result<PlanEdit> {
  const target = parseItemKey(item.key);
  const name = target === null ? undefined : spelled(spec, target.flag);
  const declaration = name === undefined ? undefined : spec.flags[name];
  if (target === null || name === undefined || declaration === undefined) {
    return fail(noPlace(plan, itemName(item)));
  }
  const [unfit] = valueProblems(target, item);
  if (unfit !== undefined) return fail(notDeclarable(plan, item, unfit));
  const path = ['resources', resource, 'flags', name];
  const wish = { text: item.live, mustBeText: false };
  if (target.form === 'whole') return editScalar(plan, path, wish, context);
  if (target.form === 'entry') {
    return editScalar(plan, [...path, 'entries', target.part], wish, context);
  }
  return moveElement(plan, path, declaration, { part: target.part, item });
}

/** Why a plan that declared the live value would be refused. */
function valueProblems({ form, flag }: FlagTarget, { path, live }: ItemToAdopt): Diagnostic[] {
  if (form === 'whole') return checkFlagValue(path, flag, live);
  return form === 'entry' && live !== null && live !== '' ? checkPart(path, flag, live) : [];
}

function notDeclarable({ document }: PlanText, item: ItemToAdopt, problem: Diagnostic): Diagnostic {
  const restore = shellLine(['setpoint', 'drift', '--restore', addressOf(item.path, item.label)]);
  const help = `correct it on the host and adopt it again, or put it back: ${restore}`;
  const message = `${problem.message}, which no plan can declare`;
  return report(document.tree.file, 'SP3082', document.nameSpan, message, help);
}

/** As the plan file has it; looked for only where it is not the canonical name, because there may be thousands. */
function spelled({ flags }: ManifestSpec, flag: string): string | undefined {
  if (Object.hasOwn(flags, flag)) return flag;
  return Object.keys(flags).find((name) => canonicalFlagName(name) === flag);
}

interface Element {
  readonly part: string;
  readonly item: ItemToAdopt;
}

/** Wanted elements that are gone go from `include` to `exclude`; unwanted ones that came back the other way. */
function moveElement(
  plan: PlanText,
  path: readonly string[],
  declaration: FlagDeclaration,
  { part, item }: Element,
): Result<PlanEdit> {
  const [from, to] =
    item.live === null ? (['include', 'exclude'] as const) : (['exclude', 'include'] as const);
  if (declaration.form !== 'elements') return fail(noPlace(plan, itemName(item)));
  const index = declaration[from].indexOf(part);
  const source = listPlace(plan, [...path, from]);
  const target = listPlace(plan, [...path, to]);
  if (!source.ok) return source;
  if (!target.ok) return target;
  const list = source.value;
  const node = list?.list.items[index];
  if (list === null || node === undefined) return fail(noPlace(plan, itemName(item)));
  const refuse = (message: string): Result<PlanEdit> =>
    fail(handwork(plan, spanOf(node), message, `${from} to ${to}`));
  if (isAlias(node)) return refuse(`this is *${node.source}, which stands elsewhere`);
  const element = elementAt(plan.text, list, index);
  if (element === null) return refuse('this element is not alone on its line');
  const added =
    target.value === null
      ? addList(plan.text, list, to, element)
      : addElement(plan.text, target.value, element);
  if (added === null) return refuse(`the comment of this element has no place under ${to}`);
  const splices = [...removeElement(plan.text, list, index), ...added];
  return ok({
    splices,
    paths: [
      [...path, from],
      [...path, to],
    ],
    structural: true,
  });
}

/** `null`: there is no such key. */
function listPlace(plan: PlanText, path: readonly string[]): Result<ListPlace | null> {
  const found = placeOf(plan, path);
  if (!found.ok) return found;
  if (found.value === null) return ok(null);
  const list = listAt(found.value);
  return list === null ? fail(notAList(plan, found.value)) : ok(list);
}

function notAList(plan: PlanText, { pair }: Place): Diagnostic {
  const node = pair.value ?? pair.key;
  const what = isMap(node) ? 'this is no list' : 'this whole list comes from a variable';
  return handwork(plan, spanOf(node), what, 'where it is set');
}

function handwork(
  plan: PlanText,
  span: ReturnType<typeof spanOf>,
  message: string,
  where: string,
): Diagnostic {
  const help = where.includes(' to ')
    ? `move it from ${where} by hand`
    : `change the list ${where}, by hand`;
  return report(plan.document.tree.file, 'SP3080', span, message, help);
}
