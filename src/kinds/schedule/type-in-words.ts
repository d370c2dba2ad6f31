import type { JsonValue } from '../../model/item.ts';

/** What a value is, as a sentence says it; never what a text, list or mapping holds. */
export function typeInWords(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  const type = typeof value;
  if (type === 'object') return 'a mapping';
  return type === 'string' ? 'a text' : JSON.stringify(value);
}
