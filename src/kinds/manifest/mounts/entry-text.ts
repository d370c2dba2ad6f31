/** A map to be written: keys in order, scalars as source text. */
export type Field = readonly [key: string, value: string | readonly Field[]];

export type EntryStyle = 'block' | 'flow' | 'json';

/** Words that YAML 1.1 reads as booleans or null. */
const WORDS = /^(y|n|yes|no|on|off|true|false|null)$/;

/**
 * A path, volume name or type as source that YAML 1.1 and 1.2 both decode to exactly it: plain where that is certain (it begins
 * with a slash or a letter and is no word of YAML), else in double quotes.
 */
export function plainText(text: string, style: EntryStyle): string {
  const isPlain = /^(\/|[A-Za-z])[A-Za-z0-9._/-]*$/.test(text) && !WORDS.test(text);
  return isPlain && style !== 'json' ? text : JSON.stringify(text);
}

/** An entry of a block list, its dash at a column; without a line end behind it. */
export function blockEntry(fields: readonly Field[], indent: string, eol: string): string {
  const inner = `${indent}  `;
  const text = blockMap(fields, inner, eol);
  return `${indent}- ${text.slice(inner.length)}`;
}

function blockMap(fields: readonly Field[], indent: string, eol: string): string {
  return fields
    .map(([key, value]) =>
      typeof value === 'string'
        ? `${indent}${key}: ${value}`
        : `${indent}${key}:${eol}${blockMap(value, `${indent}  `, eol)}`,
    )
    .join(eol);
}

/** `{mountPath: /x, name: x}`, or the same as JSON. */
export function flowEntry(fields: readonly Field[], style: 'flow' | 'json'): string {
  const members = fields.map(([key, value]) => {
    const written = typeof value === 'string' ? value : flowEntry(value, style);
    return `${style === 'json' ? JSON.stringify(key) : key}: ${written}`;
  });
  return `{${members.join(', ')}}`;
}
