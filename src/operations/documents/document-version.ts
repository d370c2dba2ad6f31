import { sha256 } from '../../model/canonical-json.ts';
import type { FileImage } from '../../model/file-image.ts';

/**
 * What a document was when it was read: the SHA-256 of its bytes in lower-case hex, or `absent` where there was no file. Two
 * contents are never one version, whatever times the file system gives them.
 */
export type DocumentVersion = string;

export const NO_FILE: DocumentVersion = 'absent';

export function versionOf(image: FileImage): DocumentVersion {
  return image.exists ? sha256(image.bytes) : NO_FILE;
}

export function isVersion(text: string): boolean {
  return text === NO_FILE || /^[0-9a-f]{64}$/.test(text);
}
