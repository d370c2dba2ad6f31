/** A piece of a text: literal characters, a reference, or something that looks like one and is none. */
export type TextPart =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'reference'; readonly name: string; readonly raw: string }
  | { readonly kind: 'malformed'; readonly raw: string };

const TOKEN = /\$\$\{|\$\{([^{}\n]*)\}|\$\{/g;

/** The sentence of SP1103 for keys; the same from everywhere, so that it is shown once. */
export const VARIABLE_IN_KEY = 'variables are not possible in keys';

/** Splits a text at `${…}`; `$${` is a literal `${`. */
export function textParts(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > from) parts.push({ kind: 'literal', text: text.slice(from, match.index) });
    const raw = match[0];
    const name = match[1]?.trim();
    if (raw === '$${') parts.push({ kind: 'literal', text: '${' });
    else if (name === undefined) parts.push({ kind: 'malformed', raw });
    else parts.push({ kind: 'reference', name, raw });
    from = match.index + raw.length;
  }
  if (from < text.length) parts.push({ kind: 'literal', text: text.slice(from) });
  return parts;
}

/** Whether substitution would replace something in `text` (or complain about it). */
export function hasReference(text: string): boolean {
  return /(^|[^$])\$\{/.test(text);
}

/** Whether substitution would change `text` at all, `$${` included. */
export function hasMarker(text: string): boolean {
  return text.includes('${');
}

/** Text that substitution gives back as it is. */
export function escapeReferences(text: string): string {
  // A function, because `$$` in a replacement string means one `$`.
  return text.replaceAll('${', () => '$${');
}
