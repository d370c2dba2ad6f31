import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import type { FileImage } from '../../../model/file-image.ts';
import { refusal } from '../refusal.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Bytes. The kubelet reads up to 10 MiB; a manifest beyond this is not one a person wrote. */
const MAX_SIZE = 1024 * 1024;

/** The yaml parser recurses per level and takes the whole process down far beyond this (seen at 100,000 brackets). */
const MAX_DEPTH = 1000;

/**
 * Characters that the kubelet's YAML reader and ours take differently: control characters (it rejects them), NEL, LS and PS
 * (line breaks in YAML 1.1, text in 1.2), a carriage return alone (a line break by both specifications, text for our parser),
 * half a surrogate pair (cannot be encoded).
 */
const AMBIGUOUS = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\u2028\u2029\uFFFE\uFFFF]|\r(?!\n)/u;

/**
 * The manifest as text: a byte-order mark and line ends stay in it, so that encoding it again gives the same bytes.
 * Fails with SP2001 (no file), SP2002 (not text we can edit), SP2003 (too large or too deeply nested).
 */
export function decodeManifest(image: FileImage, path: string): Result<string> {
  if (!image.exists || image.bytes.length === 0) {
    const what = image.exists ? 'the manifest is empty' : 'the manifest does not exist';
    const help =
      'setpoint changes flags of an existing static-pod manifest; create it first (kubeadm, or kind: file)';
    return fail(refusal('SP2001', path, what, help));
  }
  if (image.bytes.length > MAX_SIZE) {
    const help = 'static-pod manifests are a few kilobytes; check that the path is the right one';
    return fail(refusal('SP2003', path, 'the manifest is larger than 1 MiB', help));
  }
  const text = decodeUtf8(image.bytes);
  if (text === null) {
    const help = 'save the file as UTF-8';
    return fail(refusal('SP2002', path, 'the manifest is not valid UTF-8', help));
  }
  return checkCharacters(text, path);
}

/** UTF-8 bytes of a manifest's text; the inverse of decodeManifest. */
export function encodeManifest(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Characters that may not stand in a flag's value either. */
export function hasAmbiguousCharacter(value: string): boolean {
  return /[\t\r\n]/.test(value) || AMBIGUOUS.test(value);
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

function checkCharacters(text: string, path: string): Result<string> {
  const bad = AMBIGUOUS.exec(text);
  if (bad !== null) {
    const name = `U+${(bad[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
    return fail(
      refusal(
        'SP2002',
        { path, text, offset: bad.index },
        `the manifest holds the character ${name}, which YAML readers take differently`,
        'remove the character, or write it as an escape in a double-quoted string',
      ),
    );
  }
  if (isNestedTooDeeply(text)) {
    const help = 'no manifest needs this; check that the path is the right one';
    return fail(refusal('SP2003', path, 'the manifest is nested too deeply', help));
  }
  return ok(text);
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
