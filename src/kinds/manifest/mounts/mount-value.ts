import type { ItemValue } from '../../../model/item.ts';
import type { MountDeclaration } from '../../../model/plan-file.ts';

/** What a mount is, as far as it can be declared. */
export interface MountMeaning {
  readonly hostPath: string;
  readonly readOnly: boolean;
}

/** What a volume is wanted to be: its type (`null`: any), and its name if it has to be added (`null`: derived). */
export type VolumeWish = Pick<MountDeclaration, 'name'> & { readonly type: string | null };

/** Item value of a mount: `/var/log/audit (read-write)`. */
export function mountText({ hostPath, readOnly }: MountMeaning): string {
  return `${hostPath} (${readOnly ? 'read-only' : 'read-write'})`;
}

/** Item value of a mount of something else, which no plan can declare: `volume certs (secret)`. */
export function otherMountText(volume: string, what: string): string {
  return `volume ${volume} (${what})`;
}

/** The inverse of mountText; `null` for any other text. */
export function readMountText(text: string): MountMeaning | null {
  const match = /^(\/.*) \(read-(only|write)\)$/s.exec(text);
  const hostPath = match?.[1];
  return hostPath === undefined ? null : { hostPath, readOnly: match?.[2] === 'only' };
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

/** A decoded scalar as text. */
export function scalarValue(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
