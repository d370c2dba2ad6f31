import type { PlanName, ResourceId } from '../../model/brand.ts';
import type { Session } from '../session.ts';
import { requireWindows } from '../windows/require-window.ts';
import { windowsHere } from '../windows/windows-here.ts';
import type { PlannedDriftRestore } from './plan-drift-restore.ts';

interface RestoreRule {
  readonly offline: boolean;
  readonly overrideWindow?: string | undefined;
}

/** Putting drift back is a change like any other, for every plan that owns some of it. Throws SP4280 and SP4281 (exit 7). */
export async function requireRestoreWindows(
  session: Session,
  { chosen, part: { steps, gates } }: Pick<PlannedDriftRestore, 'chosen' | 'part'>,
  { offline, overrideWindow }: RestoreRule,
): Promise<void> {
  const owned = new Map<PlanName, Set<ResourceId>>();
  for (const { managed, items } of chosen) {
    const owners = items.flatMap(({ owner }) => owner ?? []);
    // Mode and owner of a file belong to everyone who owns an item in it.
    const all = Object.values(managed.items).map(({ owner }) => owner);
    for (const { plan, resource } of owners.length > 0 ? owners : all) {
      owned.set(plan, (owned.get(plan) ?? new Set()).add(resource));
    }
  }
  const parts = [...owned].map(([plan, resources]) => {
    return { plan, files: [{ write: true, resources: [...resources] }], steps, gates };
  });
  const windows = await windowsHere(session);
  requireWindows(session, parts, { windows, offline, overrideWindow, canWait: false });
}
