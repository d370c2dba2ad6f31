import { sha256 } from '../../model/canonical-json.ts';
import type { FileImage } from '../../model/file-image.ts';
import type { Structured } from '../../structured/structured.ts';
import type { Session } from '../session.ts';
import { documentIn } from './document-text.ts';

/** A program reads what it wrote, and writes what it read: the last few, and none that would fill the memory. */
const KEPT = 4;
const LONGEST = 64 * 1024;

/** By path and content, so that what another process writes is never taken for what we know. */
const memories = new WeakMap<Session, Map<string, Structured>>();

/** As `documentIn`; what this session parsed lately is not parsed again. Its value is shared: nobody may change it. */
export function knownDocument(session: Session, image: FileImage, path: string): Structured | null {
  if (!image.exists) return null;
  const known = memories.get(session)?.get(keyOf(image.bytes, path));
  if (known !== undefined) return known;
  const read = documentIn(image, path);
  if (read !== null) rememberDocument(session, image.bytes, path, read);
  return read;
}

/** `read` is what `bytes` hold, by the parser. */
export function rememberDocument(
  session: Session,
  bytes: Uint8Array,
  path: string,
  read: Structured,
): void {
  if (bytes.length > LONGEST) return;
  const memory = memories.get(session) ?? new Map<string, Structured>();
  memories.set(session, memory);
  memory.set(keyOf(bytes, path), read);
  const [oldest] = memory.keys();
  if (memory.size > KEPT && oldest !== undefined) memory.delete(oldest);
}

function keyOf(bytes: Uint8Array, path: string): string {
  return `${sha256(bytes)} ${path}`;
}
