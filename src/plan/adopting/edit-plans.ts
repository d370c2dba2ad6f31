import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { CONTENT_KEY, MODE_KEY } from '../../kinds/file/file-kind.ts';
import type { PlanName } from '../../model/brand.ts';
import { itemId } from '../difference/declarations.ts';
import type { PlanDocument } from '../files/parse-plan.ts';
import type { ResolveContext } from '../files/resolve-plan.ts';
import type { ItemToAdopt, SourceEdit } from './adoption.ts';
import type { DeclaredItem } from '../drift/declared-items.ts';
import { editPlan } from './edit-plan.ts';
import type { EditedPlan, Wish } from './edit-plan.ts';

export interface EditQuestion {
  readonly items: readonly ItemToAdopt[];
  readonly documents: readonly PlanDocument[];
  readonly declared: readonly DeclaredItem[];
  readonly context: ResolveContext;
}

/** New plan files and sources. */
export interface EditedWorkspace {
  readonly plans: readonly EditedPlan[];
  readonly sources: readonly SourceEdit[];
  /** Problems by item. */
  readonly refused: ReadonlyMap<ItemToAdopt, readonly Diagnostic[]>;
}

/** The texts in which every item has its live value. Nothing is proved yet. */
export function editPlans(question: EditQuestion): EditedWorkspace {
  const wishes = wishesByPlan(question);
  const outcomes = question.documents.flatMap((document) => {
    const mine = wishes.get(document.name);
    return mine === undefined ? [] : [editPlan(document, mine, question.context)];
  });
  const refused = new Map<ItemToAdopt, readonly Diagnostic[]>();
  for (const { item, problems } of outcomes.flatMap((outcome) => outcome.refused)) {
    refused.set(item, [...(refused.get(item) ?? []), ...problems]);
  }
  return {
    plans: outcomes.flatMap(({ edited }) => edited ?? []),
    sources: outcomes.flatMap(({ sources }) => sources),
    refused,
  };
}

/** An item that several resources declare is changed in each of them. */
function wishesByPlan({ items, declared }: EditQuestion): ReadonlyMap<PlanName, readonly Wish[]> {
  const gone = new Set(
    items.filter(({ key, bytes }) => key === CONTENT_KEY && bytes === null).map(({ path }) => path),
  );
  const wanted = new Map(
    items
      // With a file that must not exist its mode goes, too.
      .filter(({ key, path }) => key !== MODE_KEY || !gone.has(path))
      .map((item) => [itemId(item.path, item.key), item]),
  );
  const wishes = new Map<PlanName, Wish[]>();
  for (const { plan, resource, path, item: declaration } of declared) {
    const item = wanted.get(itemId(path, declaration.key));
    if (item === undefined) continue;
    const known = wishes.get(plan);
    if (known === undefined) wishes.set(plan, [{ item, resource }]);
    else known.push({ item, resource });
  }
  return wishes;
}
