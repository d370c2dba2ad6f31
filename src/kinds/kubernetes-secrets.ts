import { secretInDocuments } from './secret-in-documents.ts';
import type { SecretKind } from './secret-in-documents.ts';
import { secretInLines, secretInWords } from './secret-in-text.ts';
import { yamlDocuments } from './yaml-documents.ts';

const NAMES: Readonly<Record<SecretKind, string>> = {
  Secret: 'a Kubernetes Secret',
  Config: 'the credentials of a kubeconfig',
  EncryptionConfiguration: 'the keys of an EncryptionConfiguration',
};

/** Words that such documents have, each of them; most files are looked through for two or three words, and not parsed. */
const WORDS: readonly (readonly RegExp[])[] = [
  [/Secret/, /kind/, /data|Data/],
  [/users/, /user\b/, /token|password|client-key-data|client-secret/],
  [/EncryptionConfig/, /kind/, /secret/],
];
/** An ASCII letter or sign that is escaped in JSON or YAML: the words may be written so. */
const ESCAPED = /\\(?:u00|x|U000000)[2-7][0-9a-fA-F]/;

/** A text in a text in a text: the manifest that kubectl notes in a Secret which is in a ConfigMap. */
const DEEPEST = 3;

/** What a JSON or YAML text of Kubernetes holds, alone or among other things; null: only the name of it, or nothing in it. */
export function kubernetesSecret(text: string): string | null {
  const found = secretKind(text, 0);
  return found === null ? null : NAMES[found];
}

function secretKind(text: string, depth: number): SecretKind | null {
  if (!mayHoldSecret(text)) return null;
  // YAML 1.2, section 5.4: a carriage return alone ends a line, too.
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  const documents = yamlDocuments(lines);
  if (documents === null) return secretInLines(lines) ?? secretInWords(lines);
  const inside = secretInDocuments(documents);
  return inside.kind ?? secretInTexts(inside.texts, depth + 1) ?? secretInLines(lines);
}

function secretInTexts(texts: readonly string[], depth: number): SecretKind | null {
  for (const text of texts) {
    const found = depth < DEEPEST ? secretKind(text, depth) : secretInWords(text);
    if (found !== null) return found;
  }
  return null;
}

function mayHoldSecret(text: string): boolean {
  if (!text.includes(':')) return false;
  return WORDS.some((words) => words.every((word) => word.test(text))) || ESCAPED.test(text);
}
