import type { HostPath } from '../model/brand.ts';
import type { JsonValue } from '../model/item.ts';
import { requireVersion } from './documents/document-errors.ts';
import { openDocumentSchema, type DocumentSchema } from './documents/document-schema.ts';
import type { DocumentVersion } from './documents/document-version.ts';
import { replaceDocument, type WrittenDocument } from './documents/replace-document.ts';
import type { Session } from './session.ts';

export interface WriteDocumentOptions {
  /** What `readDocument` gave: when the file holds anything else by now, nothing is written (SP2320, exit 6). */
  readonly ifVersion: DocumentVersion;
  /** What the data has to be. */
  readonly schema?: DocumentSchema | undefined;
}

/**
 * Makes a YAML or JSON document hold `data`, if it still is the version that was read: under the lock of its path, with the smallest edit of its
 * text, after a backup, in one rename, and read again. What a plan manages of the file stays as it is, or nothing is written
 * (SP2321, exit 7). Waits as long as the session's lock timeout. Errors: SetpointError SP2320 (exit 6), SP2322, SP2323 (65), SP2324,
 * SP9025 (64), SP2325 (1), SP2326 (4), and those of `updateFile`.
 */
export async function writeDocument(
  session: Session,
  path: string,
  data: JsonValue,
  { ifVersion, schema }: WriteDocumentOptions,
): Promise<WrittenDocument> {
  requireVersion(ifVersion);
  const judge = await openDocumentSchema(schema, session.options.cwd);
  return replaceDocument(session, path as HostPath, { ifVersion, decide: () => data }, judge);
}
