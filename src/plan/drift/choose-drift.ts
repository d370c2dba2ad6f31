import type { HostPath } from '../../model/brand.ts';
import type { DriftFile, DriftItem } from '../../model/drift.ts';
import { isDrift } from '../../model/drift.ts';
import type { ManagedFile } from '../../model/recorded-state.ts';
import type { ItemAddress } from '../blame/address.ts';
import { addressReadings, isAddressed } from '../blame/address.ts';

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
  const drifted = files.flatMap(({ path, items }): readonly ChosenFile[] => {
    const file = managed.get(path);
    const differing = items.filter(isDrift);
    return file === undefined || differing.length === 0
      ? []
      : [{ managed: file, items: differing }];
  });
  if (addresses.length === 0) return { files: drifted, unmatched: [] };
  const chosen = new Set<DriftItem>();
  const unmatched = addresses.filter((address) => {
    const named = firstMeant(drifted, addressReadings(address));
    for (const item of named) chosen.add(item);
    return named.length === 0;
  });
  const kept = drifted.map((file) => ({
    ...file,
    items: file.items.filter((item) => chosen.has(item)),
  }));
  return { files: kept.filter(({ items }) => items.length > 0), unmatched };
}

/** Everything that drifted, as addresses that choose it. */
export function driftedAddresses(files: readonly DriftFile[]): readonly string[] {
  return files.flatMap(({ path, items }) =>
    items.filter(isDrift).map(({ label }) => `${path}#${label.replace(/^--/, '')}`),
  );
}

/** Whether an address names anything that is managed, drifted or not. */
export function isManaged(files: Iterable<ManagedFile>, address: string): boolean {
  const readings = addressReadings(address);
  return [...files].some((file) => {
    const owned = Object.entries(file.items).map(([key, { label, owner }]) => ({
      key,
      label,
      owner,
    }));
    const metadata = ['mode', 'owner'].map((label) => ({ key: `metadata/${label}`, label }));
    return readings.some((reading) =>
      [...owned, ...metadata].some((item) => means(reading, file, item as Named)),
    );
  });
}

type Named = Pick<DriftItem, 'key' | 'label' | 'owner'>;

/** A path may hold what else parts it from an item: the likeliest reading that means something counts. */
function firstMeant(
  drifted: readonly ChosenFile[],
  readings: readonly ItemAddress[],
): readonly DriftItem[] {
  for (const reading of readings) {
    const found = drifted.flatMap(({ managed, items }) =>
      items.filter((item) => means(reading, managed, item)),
    );
    if (found.length > 0) return found;
  }
  return [];
}

/** Mode and owner belong to everybody who owns something in the file. */
function means(
  address: ItemAddress,
  { path, items }: ManagedFile,
  { key, label, owner }: Named,
): boolean {
  const owners = owner === undefined ? Object.values(items).map((item) => item.owner) : [owner];
  return owners.some((one) => isAddressed(address, path, key, { owner: one, label }));
}
