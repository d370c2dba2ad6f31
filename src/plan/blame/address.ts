import { posix } from 'node:path';
import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { RecordedItem } from '../../model/item.ts';

/** Which recorded items are meant: those of a file, or those that a plan or one of its resources owns; of these, all or one. */
export type ItemAddress = {
  /** A flag as a plan file names it, an element as output shows it (`feature-gates[X]`), `content`, `mode`, or an item's key. */
  readonly item: string | null;
} & ({ readonly path: HostPath } | { readonly plan: string; readonly resource: string | null });

/**
 * What a text can mean, the likeliest first: `FILE`, `FILE#ITEM`, `plan`, `plan/resource`, `plan/resource/ITEM`. A path may
 * hold `#` itself, so that there can be several.
 */
export function addressReadings(text: string): readonly ItemAddress[] {
  if (!text.startsWith('/')) return [planAddress(text)];
  const readings: ItemAddress[] = [{ path: pathOf(text), item: null }];
  for (let at = text.lastIndexOf('#'); at > 0; at = text.lastIndexOf('#', at - 1)) {
    readings.push({ path: pathOf(text.slice(0, at)), item: text.slice(at + 1) });
  }
  return readings;
}

function pathOf(name: string): HostPath {
  return posix.normalize(name) as HostPath;
}

function planAddress(text: string): ItemAddress {
  const [, plan = '', resource, item] = /^([^/]*)(?:\/([^/]*)(?:\/(.*))?)?$/s.exec(text) ?? [];
  return { plan, resource: resource ?? null, item: item ?? null };
}

/** Whether an item of a file is one of those that the address means. */
export function isAddressed(
  address: ItemAddress,
  path: HostPath,
  key: ItemKey,
  { owner, label }: Pick<RecordedItem, 'owner' | 'label'>,
): boolean {
  const owned =
    'path' in address
      ? address.path === path
      : address.plan === owner.plan && (address.resource ?? owner.resource) === owner.resource;
  return owned && (address.item === null || isNamed(address.item, key, label));
}

/** By its key, by its label, or by the flag that it is an element of. */
function isNamed(name: string, key: ItemKey, label: string): boolean {
  if (name === key) return true;
  const wanted = canonical(name);
  const has = canonical(label);
  return has.flag === wanted.flag && (wanted.part === '' || has.part === wanted.part);
}

/** Leading dashes say nothing and `_` is `-` in the name of a flag; what stands in brackets is taken as it is. */
function canonical(name: string): { readonly flag: string; readonly part: string } {
  const [, flag = '', part = ''] = /^-{0,2}([^[]*)(.*)$/s.exec(name) ?? [];
  return { flag: flag.replaceAll('_', '-'), part };
}

/**
 * A POSIX extended regex that each addressed item matches once in the text of its record (sorted keys: `label` stands before
 * `owner`, `plan` before `resource`), so that their number tells when one came or went. `null`: every item of the file.
 */
export function addressPattern(address: ItemAddress): string | null {
  const item = address.item === null ? null : itemPattern(address.item);
  if ('path' in address) return item;
  const resource =
    address.resource === null ? '' : `,\n *"resource": "${escaped(address.resource)}"`;
  const owner = `"plan": "${escaped(address.plan)}"${resource}`;
  if (item === null) return owner;
  // The key stands too far from the owner: that the item came or went is enough, or that it changed hands.
  return isKey(address.item) ? `${item}|${owner}` : `${item},\n *"owner": \\{\n *${owner}`;
}

function isKey(name: string | null): boolean {
  return name !== null && /^(flags|mounts|volumes|probes|metadata)\//.test(name);
}

function itemPattern(name: string): string {
  if (isKey(name)) return `"${escaped(name)}": \\{`;
  const { flag, part } = canonical(name);
  const spelled = escaped(flag).replaceAll(/[-_]/g, '[-_]');
  const rest = part === '' ? String.raw`(\[.*)?` : escaped(part);
  return `"label": "(--)?${spelled}${rest}"`;
}

/** As it stands in JSON, with everything that is special to a POSIX regex taken literally. */
function escaped(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(/[\\^$.|?*+()[\]{}]/g, String.raw`\$&`);
}
