import type { ScalarStyle } from './item-list.ts';
import { isKubeletText } from './kubelet-string.ts';

/** Where a scalar is written; JSON knows double quotes only. */
export type ScalarPlace = 'block' | 'flow' | 'json';

/**
 * A string as YAML source on one line, in the wanted style where that is valid and double-quoted otherwise, such that YAML 1.1
 * and 1.2 both decode exactly this string. The text holds no control characters (checked when declared).
 */
export function scalarText(text: string, style: ScalarStyle, place: ScalarPlace): string {
  if (place === 'json') return JSON.stringify(text);
  const isSafe = isPlainSafe(text, place) || isPlainValue(text, place);
  if ((style === 'plain' || style === 'block') && isSafe) return text;
  if (style === 'single') return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text);
}

/**
 * A flag: a dash and a letter, or two dashes, so that numbers (`-1`), booleans and null cannot arise. In a flow
 * list the kubelet's reader stops a plain scalar at more characters than ours, hence the short list there.
 */
function isPlainSafe(text: string, place: ScalarPlace): boolean {
  if (!/^(-[A-Za-z]|--[A-Za-z0-9])/.test(text)) return false;
  if (place === 'flow') return /^[A-Za-z0-9._/=+-]+$/.test(text);
  return !/:(\s|$)|\s#|\s$/.test(text);
}

/** The value of a flag that is an item of its own: addresses, paths and names; numbers, dates and words such as `yes` are quoted. */
function isPlainValue(text: string, place: ScalarPlace): boolean {
  if (!isKubeletText(text)) return false;
  if (place === 'flow') return /^[A-Za-z/][A-Za-z0-9._/=+-]*$/.test(text);
  return /^[A-Za-z/](?:[A-Za-z0-9._/=+,@-]|:(?=[A-Za-z0-9._/=+,@-]))*$/.test(text);
}
