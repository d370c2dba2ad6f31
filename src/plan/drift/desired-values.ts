import type { HostPath, PlanName, WorkspaceName } from '../../model/brand.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import type { DesiredItem, ItemOwner } from '../../model/item.ts';
import type { KindName, ResolvedPlan } from '../../model/plan-file.ts';
import { itemId } from '../difference/declarations.ts';
import type { Declared } from './declared-items.ts';

/** What the plan files of one workspace want on this host. */
export interface DesiredValues {
  readonly workspace: WorkspaceName;
  /** By path and key; of an element that several plans want, the first. */
  readonly items: ReadonlyMap<string, DesiredValue>;
  /** The same by `nameId`. */
  readonly byName: ReadonlyMap<string, DesiredValue>;
  /** Files of which nothing is wanted but that items are absent, such as the whole file. */
  readonly gone: ReadonlySet<HostPath>;
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
  /** Plans for this host, and what they want. */
  readonly plans: readonly Pick<ResolvedPlan, 'name'>[];
  readonly declared: Declared;
  /** Names of plans that are for other hosts only: they declare nothing here. */
  readonly elsewhere: readonly PlanName[];
  /** By declared path. */
  readonly observed: ReadonlyMap<HostPath, ObservedFile>;
}

/** An item as its resource names it: the same whichever container of the file that is read for. */
export function nameId({ path, owner, label }: Named): string {
  return [path, owner.plan, owner.resource, label].join('\0');
}

interface Named {
  readonly path: HostPath;
  readonly owner: ItemOwner;
  readonly label: string;
}

/** What is wanted of each item; a file that cannot be managed as it is tells nothing. */
export function desiredValues(question: DesiredQuestion): DesiredValues {
  const { workspace, plans, declared, elsewhere, observed } = question;
  const refused = new Set(
    [...observed.values()].flatMap(({ path, content }) => (content.kind === 'refused' ? path : [])),
  );
  const items = new Map<string, DesiredValue>();
  for (const { plan, resource, path, kind, item } of declared.items) {
    const id = itemId(path, item.key);
    if (refused.has(path) || items.has(id)) continue;
    items.set(id, { path, kind, item, owner: { workspace, plan, resource } });
  }
  const named = [...items.values()].map((value): [string, DesiredValue] => {
    const { path, owner, item } = value;
    return [nameId({ path, owner, label: item.label }), value];
  });
  const byName = new Map(named);
  const known = new Set([...plans.map(({ name }) => name), ...elsewhere]);
  const gone = new Set([...items.values()].map(({ path }) => path));
  for (const { path, item } of items.values()) if (item.value !== null) gone.delete(path);
  return { workspace, items, byName, gone, unclear: declared.unclear, plans: known };
}
