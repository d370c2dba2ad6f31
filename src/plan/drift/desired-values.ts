import type { Kind } from '../../kinds/kind.ts';
import type { HostPath, PlanName, WorkspaceName } from '../../model/brand.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import { imageOf } from '../../model/file-image.ts';
import type { DesiredItem, ItemOwner } from '../../model/item.ts';
import type { KindName, ResolvedPlan } from '../../model/plan-file.ts';
import { itemId } from '../difference/declarations.ts';

/** What the plan files of one workspace want on this host. */
export interface DesiredValues {
  readonly workspace: WorkspaceName;
  /** By path and key; of an element that several plans want, the first. */
  readonly items: ReadonlyMap<string, DesiredValue>;
  /** Plans of which it is known what they declare here; the others may be missing in this checkout. */
  readonly plans: ReadonlySet<PlanName>;
  /** Files that a plan declares but that are in no state to tell what it wants of them. */
  readonly unclear: ReadonlySet<HostPath>;
}

export interface DesiredValue {
  readonly path: HostPath;
  readonly kind: KindName;
  readonly item: DesiredItem;
  readonly owner: ItemOwner;
}

export interface DesiredQuestion {
  readonly workspace: WorkspaceName;
  /** Plans for this host. */
  readonly plans: readonly ResolvedPlan[];
  /** Names of plans that are for other hosts only: they declare nothing here. */
  readonly elsewhere: readonly PlanName[];
  /** By declared path. */
  readonly observed: ReadonlyMap<HostPath, ObservedFile>;
  readonly kindOf: (name: KindName) => Kind;
}

/** Asks every resource what it wants. Problems are for `plan` to tell: here they only leave the file out. */
export function desiredValues(question: DesiredQuestion): DesiredValues {
  const { workspace, plans, elsewhere, observed, kindOf } = question;
  const items = new Map<string, DesiredValue>();
  const unclear = new Set<HostPath>();
  for (const plan of plans) {
    for (const { id, spec } of plan.resources) {
      const file = observed.get(spec.path);
      if (file === undefined) throw new Error(`not observed: ${spec.path}`);
      // The name leads elsewhere now: what is recorded under it is declared all the same.
      if (file.path !== spec.path) unclear.add(spec.path);
      const wanted = kindOf(spec.kind).desired(spec, imageOf(file.content), spec.path);
      if (!wanted.ok || file.content.kind === 'refused') {
        unclear.add(file.path);
        continue;
      }
      const owner = { workspace, plan: plan.name, resource: id };
      for (const item of wanted.value) {
        const key = itemId(file.path, item.key);
        if (!items.has(key)) items.set(key, { path: file.path, kind: spec.kind, item, owner });
      }
    }
  }
  return { workspace, items, unclear, plans: new Set([...plans.map((p) => p.name), ...elsewhere]) };
}
