import type { HostPath } from '../model/brand.ts';
import { imageOf } from '../model/file-image.ts';
import type { JsonValue } from '../model/item.ts';
import { cannotRead } from './documents/document-errors.ts';
import { versionOf, type DocumentVersion } from './documents/document-version.ts';
import { knownDocument } from './documents/parsed-documents.ts';
import type { Session } from './session.ts';

/** A document as it was at one moment. */
export interface ReadDocument {
  /** Null where there is no file, which `version` tells from a file that holds `null`. */
  readonly data: JsonValue;
  /** SHA-256 of the bytes in lower-case hex, `absent` where there is no file. */
  readonly version: DocumentVersion;
}

/**
 * Reads a YAML or JSON document; takes no lock, since a write replaces the file as a whole. `path` is absolute, inside the root of the
 * session. Throws SetpointError: SP2329 (exit 1), and with line and column what cannot be read safely (65).
 */
export async function readDocument(session: Session, path: string): Promise<ReadDocument> {
  const { content } = await session.host.root.observe(path as HostPath, { inPlace: true });
  if (content.kind === 'refused') throw cannotRead(content.reason);
  const image = imageOf(content);
  const held = knownDocument(session, image, path)?.value ?? null;
  return { data: structuredClone(held), version: versionOf(image) };
}
