import type { ItemValue } from '../../../model/item.ts';
import type { MountDeclaration } from '../../../model/plan-file.ts';

/** What a mount is wanted to be, as far as it can be declared. */
export interface MountMeaning {
  readonly hostPath: string;
  /** `null`: as one that is there says; a new one may be written to. A mount that is there always tells. */
  readonly readOnly: boolean | null;
}

/** What a volume is wanted to be: its type (`null`: any), and its name if it has to be added (`null`: derived). */
export type VolumeWish = Pick<MountDeclaration, 'name'> & { readonly type: string | null };

const ANY_ACCESS = 'any access';

/** Item value of a mount: `/var/log/audit (read-write)`, `(read-only)`, `(any access)` where nothing is said of it. */
export function mountText({ hostPath, readOnly }: MountMeaning): string {
  return `${hostPath} (${readOnly === null ? ANY_ACCESS : readOnly ? 'read-only' : 'read-write'})`;
}

/** Item value of a mount of something else, which no plan can declare: `volume certs (secret)`. */
export function otherMountText(volume: string, what: string): string {
  return `volume ${volume} (${what})`;
}

/** The inverse of mountText; `null` for any other text. */
export function readMountText(text: string): MountMeaning | null {
  const match = /^(\/.*) \((read-only|read-write|any access)\)$/s.exec(text);
  const hostPath = match?.[1];
  if (hostPath === undefined) return null;
  return { hostPath, readOnly: match?.[2] === ANY_ACCESS ? null : match?.[2] === 'read-only' };
}

/** Two mounts of one path of the host; any access is every access. Absent, and what is no path of the host, equals itself only. */
export function sameMount(a: ItemValue, b: ItemValue): boolean {
  const [one, other] = [a, b].map((value) => (value === null ? null : readMountText(value)));
  if (!one || !other) return a === b;
  const isSameAccess =
    one.readOnly === null || other.readOnly === null || one.readOnly === other.readOnly;
  return one.hostPath === other.hostPath && isSameAccess;
}

const ANY = 'any type';
const UNCHECKED = 'unchecked';

/** Item value of a volume: `DirectoryOrCreate`, `unchecked` (no type), `any type`; a wanted name after `, named `. */
export function volumeText({ type, name }: VolumeWish): string {
  const shown = type === null ? ANY : type === '' ? UNCHECKED : type;
  return name === null ? shown : `${shown}, named ${name}`;
}

/** The inverse of volumeText. */
export function readVolumeText(text: string): VolumeWish {
  const [shown = '', name = null] = text.split(', named ');
  return { type: shown === ANY ? null : shown === UNCHECKED ? '' : shown, name };
}

/** A name only says how to add a volume, and any type is every type; absent equals absent only. */
export function sameVolume(a: ItemValue, b: ItemValue): boolean {
  if (a === null || b === null) return a === b;
  const [one, other] = [readVolumeText(a).type, readVolumeText(b).type];
  return one === null || other === null || one === other;
}

/** What satisfies two wishes for one volume: who says no type or no name takes that of the other; `undefined`: they differ. */
export function joinVolumes(a: ItemValue, b: ItemValue): ItemValue | undefined {
  if (a === null || b === null) return a === b ? a : undefined;
  const [one, other] = [readVolumeText(a), readVolumeText(b)];
  const differ = (key: keyof VolumeWish): boolean =>
    one[key] !== null && other[key] !== null && one[key] !== other[key];
  if (differ('type') || differ('name')) return undefined;
  return volumeText({ type: one.type ?? other.type, name: one.name ?? other.name });
}

/** A decoded scalar as text. */
export function scalarValue(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
