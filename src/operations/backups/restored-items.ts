import { itemsAsIn } from '../../kinds/items-as-in.ts';
import type { Kind } from '../../kinds/kind.ts';
import type { ItemKey } from '../../model/brand.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { RecordedItem } from '../../model/item.ts';
import { recordOfPlan, type PlanKey } from '../../model/plan-key.ts';
import type { ManagedFile } from '../../model/recorded-state.ts';

type Items = ManagedFile['items'];

export interface RestoredItemsQuestion {
  readonly managed: Pick<ManagedFile, 'path' | 'items'>;
  /** What was recorded just before the run whose files go back; null: the file was not managed then. */
  readonly earlier: Pick<ManagedFile, 'items'> | null;
  /** Plans that are recorded now. */
  readonly plans: readonly PlanKey[];
  readonly after: FileImage;
  readonly kind: Pick<Kind, 'observe' | 'same'>;
}

/**
 * What is recorded of a file's items once all of it goes back: each has been applied with the value of then, so that a restore is no
 * drift and the original still returns when its plan goes. What somebody else had set by then stays theirs. What nobody owned
 * then is as the file has it; what a plan that still is recorded gave back since is its own again. Pure.
 */
export function restoredItems(question: RestoredItemsQuestion): Items {
  const { managed, earlier, after, kind } = question;
  const items = new Map(givenBackSince(question));
  const unowned: [ItemKey, RecordedItem][] = [];
  for (const [key, item] of entriesOf(managed.items)) {
    const old = earlier?.items[key];
    if (old === undefined) unowned.push([key, item]);
    else items.set(key, { ...item, applied: old.applied });
  }
  const asBefore = itemsAsIn(kind, managed.path, Object.fromEntries(unowned), after);
  return { ...Object.fromEntries(items), ...asBefore };
}

function givenBackSince({
  managed,
  earlier,
  plans,
}: RestoredItemsQuestion): readonly [ItemKey, RecordedItem][] {
  return entriesOf(earlier?.items ?? {}).filter(
    ([key, { owner }]) =>
      managed.items[key] === undefined && recordOfPlan(plans, owner) !== undefined,
  );
}

function entriesOf(items: Items): readonly [ItemKey, RecordedItem][] {
  return Object.entries(items) as [ItemKey, RecordedItem][];
}
