import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import type { WorkspaceName } from '../../model/brand.ts';
import type { DriftFile, DriftItem } from '../../model/drift.ts';
import { isDrift } from '../../model/drift.ts';
import { itemsNamed } from '../drift/named-items.ts';
import type { ItemInFile } from '../drift/named-items.ts';
import { nothingDrifted } from '../drift/nothing-drifted.ts';

/**
 * What drifted and is meant by the arguments; without any, all that plans of this workspace declare. Fails with SP3073 for each
 * argument that names nothing that drifted. An argument that names what is adopted already chooses nothing.
 */
export function chooseItems(
  files: readonly DriftFile[],
  names: readonly string[],
  workspace: WorkspaceName,
): Result<readonly ItemInFile[]> {
  const usual = (one: ItemInFile): boolean => isAdoptable(one, workspace);
  if (names.length === 0) {
    return ok(files.flatMap((file) => file.items.map((item) => ({ file, item })).filter(usual)));
  }
  const chosen = new Map<DriftItem, ItemInFile>();
  const problems: Diagnostic[] = [];
  for (const name of new Set(names)) {
    const named = itemsNamed(files, name);
    const adopted = named.some(({ item }) => isAdopted(item));
    const drifted = named.filter(({ item }) => isDrift(item));
    // A file stands for what can be adopted of it; what is named alone is told why it cannot.
    const some = drifted.some(usual) || adopted;
    for (const one of some ? drifted.filter(usual) : drifted) chosen.set(one.item, one);
    if (drifted.length === 0 && !adopted) problems.push(nothingDrifted(name, files));
  }
  return problems.length > 0 ? fail(...problems) : ok([...chosen.values()]);
}

/** Declared by a plan of this workspace: mode and owner have no owner among plans. */
function isAdoptable({ item }: ItemInFile, workspace: WorkspaceName): boolean {
  return isDrift(item) && item.undeclared !== true && item.owner?.workspace === workspace;
}

/** The plan has the live value: the next apply records it. */
export function isAdopted({ state, recorded, live, desired }: DriftItem): boolean {
  const known = live !== undefined && recorded !== undefined;
  return state === 'pending' && known && live !== recorded && live === desired;
}
