import type { JsonValue } from '../../model/item.ts';
import { documentIn } from './document-text.ts';

/** What a YAML or JSON text holds. Throws with line and column what cannot be read safely (exit 65). `name` is for messages. */
export function parseDocumentData(bytes: Uint8Array, name: string): JsonValue {
  return documentIn({ exists: true, bytes, mode: 0 }, name)?.value ?? null;
}
