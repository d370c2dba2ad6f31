import { fail, ok } from '../diagnostics/diagnostic.ts';
import type { Result } from '../diagnostics/diagnostic.ts';
import { refusal } from './refusal.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Bytes. */
const MAX_SIZE = 8 * 1024 * 1024;

/** The yaml parser recurses per level and takes the whole process down far beyond this (seen at 100,000 brackets). */
export const MAX_DEPTH = 1000;

/**
 * Characters that readers of YAML take differently: control characters, NEL, LS and PS (line breaks in YAML 1.1, text in 1.2), a
 * carriage return alone (a line break by both specifications, text for our parser), half a surrogate pair (cannot be encoded).
 */
const AMBIGUOUS = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\u2028\u2029\uFFFE\uFFFF]|\r(?!\n)/u;

/**
 * A file as text; a byte-order mark and line ends stay in it, so that encoding it again gives the same bytes. Fails with SP2200 (no
 * text that can be edited), SP2201 (larger than 8 MiB).
 */
export function decodeStructured(bytes: Uint8Array, path: string): Result<string> {
  if (bytes.length > MAX_SIZE) {
    const help = 'files for people are smaller; check that the path is the right one';
    return fail(refusal('SP2201', path, 'the file is larger than 8 MiB', help));
  }
  const text = decodeUtf8(bytes);
  if (text === null) {
    return fail(refusal('SP2200', path, 'the file is not valid UTF-8', 'save the file as UTF-8'));
  }
  const bad = ambiguousCharacter(text);
  if (bad === null) return ok(text);
  const message = `the file holds the character ${bad.name}, which readers take differently`;
  const help = 'remove the character, or write it as an escape in a double-quoted string';
  return fail(refusal('SP2200', { path, text, offset: bad.offset }, message, help));
}

/** UTF-8 bytes of a text; the inverse of decodeStructured. */
export function encodeStructured(text: string): Uint8Array {
  return encoder.encode(text);
}

/** `null`: the bytes are not UTF-8. A byte-order mark stays. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** The first character that YAML readers take differently; its name is `U+2028`. */
export function ambiguousCharacter(
  text: string,
): { readonly name: string; readonly offset: number } | null {
  const bad = AMBIGUOUS.exec(text);
  if (bad === null) return null;
  const code = (bad[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return { name: `U+${code}`, offset: bad.index };
}

/** Whether parsing the text could take the process down. */
export function isNestedTooDeeply(text: string): boolean {
  return depth(text) > MAX_DEPTH;
}

/** An upper bound for nesting that needs no parser: open brackets, and a line's leading spaces and indicators. */
function depth(text: string): number {
  let deepest = 0;
  let open = 0;
  for (const bracket of text.match(/[[\]{}]/g) ?? []) {
    open = bracket === '[' || bracket === '{' ? open + 1 : Math.max(0, open - 1);
    deepest = Math.max(deepest, open);
  }
  for (const lead of text.match(/^[ ?:-]+/gm) ?? []) deepest = Math.max(deepest, lead.length);
  return deepest;
}
