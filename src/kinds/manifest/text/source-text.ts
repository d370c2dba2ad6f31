import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Result } from '../../../diagnostics/diagnostic.ts';
import type { FileImage } from '../../../model/file-image.ts';
import {
  ambiguousCharacter,
  decodeUtf8,
  encodeStructured,
  isNestedTooDeeply,
} from '../../../structured/source-text.ts';
import { refusal } from '../../../structured/refusal.ts';

/** Bytes. The kubelet reads up to 10 MiB; a manifest beyond this is not one a person wrote. */
const MAX_SIZE = 1024 * 1024;

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
  return encodeStructured(text);
}

/** Characters that may not stand in a flag's value either. */
export function hasAmbiguousCharacter(value: string): boolean {
  return /[\t\r\n]/.test(value) || ambiguousCharacter(value) !== null;
}

function checkCharacters(text: string, path: string): Result<string> {
  const bad = ambiguousCharacter(text);
  if (bad !== null) {
    return fail(
      refusal(
        'SP2002',
        { path, text, offset: bad.offset },
        `the manifest holds the character ${bad.name}, which YAML readers take differently`,
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
