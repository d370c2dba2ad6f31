import type { HostPath } from '../../model/brand.ts';
import type { DriftFile, DriftItem } from '../../model/drift.ts';
import { isDrift } from '../../model/drift.ts';
import type { ManagedFile } from '../../model/recorded-state.ts';
import { itemsNamed } from './named-items.ts';

/** What drifted in one file and is chosen. */
export interface ChosenFile {
  readonly managed: ManagedFile;
  readonly items: readonly DriftItem[];
}

export interface DriftChoice {
  /** In the order of `files`; none without an item. */
  readonly files: readonly ChosenFile[];
  /** Addresses that name nothing that drifted. */
  readonly unmatched: readonly string[];
}

/** What drifted, all of it or what addresses name as `blame` takes them. Pure. */
export function chooseDrift(
  files: readonly DriftFile[],
  managed: ReadonlyMap<HostPath, ManagedFile>,
  addresses: readonly string[],
): DriftChoice {
  const named = new Set<DriftItem>();
  const unmatched = addresses.filter((address) => {
    const drifted = itemsNamed(files, address).filter(({ item }) => isDrift(item));
    for (const { item } of drifted) named.add(item);
    return drifted.length === 0;
  });
  const isChosen = (item: DriftItem): boolean =>
    isDrift(item) && (addresses.length === 0 || named.has(item));
  const chosen = files.flatMap(({ path, items }): readonly ChosenFile[] => {
    const file = managed.get(path);
    const own = items.filter(isChosen);
    return file === undefined || own.length === 0 ? [] : [{ managed: file, items: own }];
  });
  return { files: chosen, unmatched };
}
