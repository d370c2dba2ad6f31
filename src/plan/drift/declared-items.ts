import type { Kind } from '../../kinds/kind.ts';
import type { HostPath, PlanName, ResourceId } from '../../model/brand.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import { imageOf } from '../../model/file-image.ts';
import type { DesiredItem } from '../../model/item.ts';
import type { KindName, ResolvedPlan } from '../../model/plan-file.ts';
import { itemId } from '../difference/declarations.ts';
import { groupBy } from '../difference/group-by.ts';

/** What one resource wants of one item; elements of list flags may be wanted by several. */
export interface DeclaredItem {
  readonly plan: PlanName;
  readonly resource: ResourceId;
  /** After symbolic links. */
  readonly path: HostPath;
  readonly kind: KindName;
  readonly item: DesiredItem;
}

/** What plans want on a host. */
export interface Declared {
  /** In the order of the plans, as far as the files are in a state to tell it. */
  readonly items: readonly DeclaredItem[];
  /** Files that are in no state to tell what is wanted of them, by declared path and after symbolic links. */
  readonly unclear: ReadonlySet<HostPath>;
}

export interface DeclarationQuestion {
  /** By declared path. */
  readonly observed: ReadonlyMap<HostPath, ObservedFile>;
  readonly kindOf: (name: KindName) => Kind;
}

/** Asks every resource what it wants. Problems are for `plan` to tell: here they only leave the resource out. */
export function declaredItems(
  plans: readonly ResolvedPlan[],
  { observed, kindOf }: DeclarationQuestion,
): Declared {
  const items: DeclaredItem[] = [];
  const unclear = new Set<HostPath>();
  for (const plan of plans) {
    for (const { id, spec } of plan.resources) {
      const file = observed.get(spec.path);
      if (file === undefined) throw new Error(`not observed: ${spec.path}`);
      // The name leads elsewhere now: what is recorded under it is declared all the same.
      if (file.path !== spec.path) unclear.add(spec.path);
      const wanted = kindOf(spec.kind).desired(spec, imageOf(file.content), spec.path);
      if (!wanted.ok || file.content.kind === 'refused') unclear.add(file.path);
      if (!wanted.ok) continue;
      const at = { plan: plan.name, resource: id, path: file.path, kind: spec.kind };
      for (const item of wanted.value) items.push({ ...at, item });
    }
  }
  return { items, unclear };
}

/** By path and key; an element that several resources want has several. */
export function byItem(
  items: readonly DeclaredItem[],
): ReadonlyMap<string, readonly DeclaredItem[]> {
  return groupBy(items, ({ path, item }) => itemId(path, item.key));
}
