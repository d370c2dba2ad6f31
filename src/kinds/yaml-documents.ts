import { parseAllDocuments } from 'yaml';
import type { Document } from 'yaml';

/** Read in a fifth of a second; what is no YAML at all takes the parser ten times as long, which notes each error. */
const LARGEST_YAML = 256 * 1024;

/** All documents of a JSON or YAML text, decoded; null: it is neither, too large, or its aliases expand too far. */
export function yamlDocuments(text: string): readonly unknown[] | null {
  if (/^\s*[[{]/.test(text)) {
    const json = parseJson(text);
    if (json !== undefined) return [json];
  }
  if (text.length > LARGEST_YAML) return null;
  try {
    return decoded(text);
  } catch {
    return null;
  }
}

/** Undefined: it is not one JSON document. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Throws when aliases expand too far, or it is nested too deeply for the parser. */
function decoded(text: string): readonly unknown[] | null {
  const documents: readonly Document.Parsed[] = parseAllDocuments(text, {
    customTags: [],
    merge: true,
    strict: false,
    // Each pair is compared with each other one.
    uniqueKeys: false,
    logLevel: 'silent',
    prettyErrors: false,
  });
  if (documents.some(({ errors }) => errors.length > 0)) return null;
  return documents.map((document): unknown => document.toJS({ maxAliasCount: 100 }));
}
