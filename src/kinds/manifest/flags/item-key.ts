import type { ItemKey } from '../../../model/brand.ts';
import { gateName } from './gate-name.ts';

/**
 * What an item of a manifest is: a whole flag, an element of a list flag, or an entry of a map flag.
 * Keys: `flags/<container>/<flag>`, `flags/<container>/<flag>/<element>`, `flags/<container>/<flag>/<key>=`. The trailing `=`
 * tells an entry from an element (whose own `=` is encoded); parts are percent-encoded as far as needed.
 */
export type FlagTarget =
  | { readonly form: 'whole'; readonly container: string; readonly flag: string }
  | {
      readonly form: 'element';
      readonly container: string;
      readonly flag: string;
      readonly part: string;
    }
  | {
      readonly form: 'entry';
      readonly container: string;
      readonly flag: string;
      readonly part: string;
    };

/** The key of a target; the inverse of parseItemKey. */
export function itemKey(target: FlagTarget): ItemKey {
  const base = `flags/${encode(target.container)}/${encode(target.flag)}`;
  if (target.form === 'whole') return base as ItemKey;
  return `${base}/${encode(target.part)}${target.form === 'entry' ? '=' : ''}` as ItemKey;
}

/** What a key names; `null` when it is no key of this kind. */
export function parseItemKey(key: ItemKey): FlagTarget | null {
  const parts = key.split('/');
  const [head, container, flag, part] = parts;
  if (head !== 'flags' || !container || !flag || parts.length > 4) return null;
  const base = { container: decode(container), flag: decode(flag) };
  if (part === undefined) return { form: 'whole', ...base };
  if (part.endsWith('=')) return { form: 'entry', ...base, part: decode(part.slice(0, -1)) };
  return { form: 'element', ...base, part: decode(part) };
}

/** Names as parsers see them: no leading dashes, `_` equals `-` (component-base WordSepNormalizeFunc). */
export function canonicalFlagName(name: string): string {
  return name.replace(/^-{1,2}/, '').replaceAll('_', '-');
}

/** What an entry of a map goes by; a feature gate by its name alone where that is Kubernetes' own. */
export function entryName(flag: string, written: string): string {
  return flag === 'feature-gates' ? (gateName(written) ?? written) : written;
}

/** A part of a key, in which `/`, `=` and `%` say nothing. */
export function encode(text: string): string {
  return text.replace(/[%/=]/g, (char) => encodeURIComponent(char));
}

/** The inverse of encode. */
export function decode(text: string): string {
  return text.replace(/%(25|2F|3D)/g, (encoded) => decodeURIComponent(encoded));
}
