import type { HostPath } from '../model/brand.ts';
import type { JsonValue } from '../model/item.ts';
import { openDocumentSchema, type DocumentSchema } from './documents/document-schema.ts';
import { replaceDocument, type WrittenDocument } from './documents/replace-document.ts';
import type { Session } from './session.ts';

export interface UpdateDocumentOptions {
  /** What the new data has to be. */
  readonly schema?: DocumentSchema | undefined;
}

/**
 * Reads a YAML or JSON document, lets `change` make its new data and writes that, all under the lock of its path: of any number of
 * processes that do this at once, none loses its change, and none has to try again. `change` gets a copy (null for a file that does not
 * exist), which it may change and return, or a promise of data; the lock is held until then. What it throws is passed on and nothing is
 * written. Errors: as `writeDocument`, but SP2320.
 */
export async function updateDocument(
  session: Session,
  path: string,
  change: (data: JsonValue) => unknown,
  { schema }: UpdateDocumentOptions = {},
): Promise<WrittenDocument> {
  const judge = await openDocumentSchema(schema, session.options.cwd);
  const decision = { ifVersion: null, decide: change };
  return replaceDocument(session, path as HostPath, decision, judge);
}
