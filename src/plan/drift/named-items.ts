import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { DriftFile, DriftItem } from '../../model/drift.ts';
import { isDrift } from '../../model/drift.ts';
import { addressReadings, isAddressed } from '../blame/address.ts';
import type { ItemAddress } from '../blame/address.ts';

/** An item in its file. */
export interface ItemInFile {
  readonly file: DriftFile;
  readonly item: DriftItem;
}

/** `/etc/app.yaml#v`: as `blame`, `drift --restore` and `drift --adopt` take it. */
export function addressOf(path: HostPath, label: string): string {
  return `${path}#${label.replace(/^--/, '')}`;
}

/** Everything that drifted, as addresses that choose it. */
export function driftedAddresses(files: readonly DriftFile[]): readonly string[] {
  return files.flatMap(({ path, items }) =>
    items.filter(isDrift).map(({ label }) => addressOf(path, label)),
  );
}

/**
 * What an address means, drifted or not. A path may hold what else parts it from an item: the likeliest reading counts that means
 * something that drifted, or else anything.
 */
export function itemsNamed(files: readonly DriftFile[], address: string): readonly ItemInFile[] {
  const meanings = addressReadings(address)
    .map((reading) => files.flatMap((file) => itemsMeant(reading, file)))
    .filter((found) => found.length > 0);
  return meanings.find((found) => found.some(({ item }) => isDrift(item))) ?? meanings[0] ?? [];
}

/** Whether an address names anything that is managed, also a mode or owner that is as recorded. */
export function isManaged(files: readonly DriftFile[], address: string): boolean {
  const readings = addressReadings(address);
  return files.some((file) => {
    const items = [...file.items.filter(isRecorded), ...METADATA];
    return readings.some((reading) => items.some((item) => means(reading, file, item)));
  });
}

const METADATA = ['mode', 'owner'].map((label) => ({ key: `metadata/${label}` as ItemKey, label }));

type Named = Pick<DriftItem, 'key' | 'label' | 'owner'>;

function itemsMeant(address: ItemAddress, file: DriftFile): readonly ItemInFile[] {
  if ('path' in address && address.path !== file.path) return [];
  return file.items.flatMap((item) => (means(address, file, item) ? { file, item } : []));
}

/** Mode and owner belong to everybody who owns something in the file. */
function means(
  address: ItemAddress,
  { path, items }: DriftFile,
  { key, label, owner }: Named,
): boolean {
  const owners =
    owner === undefined ? items.filter(isRecorded).flatMap((item) => item.owner ?? []) : [owner];
  return owners.some((one) => isAddressed(address, path, key, { owner: one, label }));
}

function isRecorded({ recorded, owner }: DriftItem): boolean {
  return recorded !== undefined && owner !== undefined;
}
