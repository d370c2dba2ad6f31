import type { Kind } from '../../kinds/kind.ts';
import type { HostPath, ItemKey, PlanName, ResourceId } from '../../model/brand.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import { imageOf } from '../../model/file-image.ts';
import type { ItemValue } from '../../model/item.ts';
import type { KindName, ResolvedPlan } from '../../model/plan-file.ts';

/** What one resource wants of one item; elements of list flags may be wanted by several. */
export interface DeclaredItem {
  readonly plan: PlanName;
  readonly resource: ResourceId;
  /** After symbolic links. */
  readonly path: HostPath;
  readonly kind: KindName;
  readonly key: ItemKey;
  readonly value: ItemValue;
}

export interface DeclarationQuestion {
  /** By declared path. */
  readonly observed: ReadonlyMap<HostPath, ObservedFile>;
  readonly kindOf: (name: KindName) => Kind;
}

/** All that plans want on a host, in their order, as far as the files are in a state to tell it. */
export function declaredItems(
  plans: readonly ResolvedPlan[],
  { observed, kindOf }: DeclarationQuestion,
): readonly DeclaredItem[] {
  const items: DeclaredItem[] = [];
  for (const plan of plans) {
    for (const { id, spec } of plan.resources) {
      const file = observed.get(spec.path);
      if (file === undefined) throw new Error(`not observed: ${spec.path}`);
      const wanted = kindOf(spec.kind).desired(spec, imageOf(file.content), spec.path);
      if (!wanted.ok) continue;
      const at = { plan: plan.name, resource: id, path: file.path, kind: spec.kind };
      items.push(...wanted.value.map(({ key, value }) => ({ ...at, key, value })));
    }
  }
  return items;
}
