import { isAlias, isMap, isScalar, parseAllDocuments, visit } from 'yaml';
import type { Document } from 'yaml';
import { fail, ok } from '../../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../../diagnostics/diagnostic.ts';
import type { FileImage } from '../../../model/file-image.ts';
import { checkPod } from './check-pod.ts';
import { podSpot } from './pod-spot.ts';
import { refusal } from '../../../structured/refusal.ts';
import { decodeManifest } from '../text/source-text.ts';
import { unreadByKubelet } from './unread-by-kubelet.ts';

export type JsonMap = Readonly<Record<string, unknown>>;

/** A manifest that is one Pod, as text, as nodes with offsets into the text, and decoded. */
export interface PodSource {
  readonly path: string;
  readonly text: string;
  readonly document: Document.Parsed;
  readonly pod: JsonMap;
}

const parsed = new WeakMap<Uint8Array, { readonly path: string; result: Result<PodSource> }>();

/** Reads a manifest; the answer is kept as long as the image's bytes live. Fails with SP2001–SP2012. */
export function readPod(image: FileImage, path: string): Result<PodSource> {
  const known = image.exists ? parsed.get(image.bytes) : undefined;
  if (known !== undefined && known.path === path) return known.result;
  const text = decodeManifest(image, path);
  const result = text.ok ? parsePod(text.value, path) : text;
  if (image.exists) parsed.set(image.bytes, { path, result });
  return result;
}

/** Parses a manifest's text strictly. Fails with SP2003–SP2012. */
export function parsePod(text: string, path: string): Result<PodSource> {
  const document = onlyDocument(text, path);
  if (!document.ok) return document;
  const decoded = decodeDocument(document.value);
  if (decoded === null) {
    const what = 'invalid YAML: aliases expand too far';
    return fail(refusal('SP2003', path, what, 'correct the manifest'));
  }
  if (isJson(text) && decodeJson(text) === undefined) {
    const help = 'a file that begins with { is JSON to the kubelet; YAML may begin with ---';
    const spot = { path, text, offset: text.indexOf('{') };
    return fail(refusal('SP2003', spot, 'it begins like JSON, but is not JSON', help));
  }
  const problems = checkPod(decoded.value, (...keys) => podSpot(document.value, text, path, keys));
  if (problems.length > 0) return fail(...problems);
  return ok({ path, text, document: document.value, pod: decoded.value as JsonMap });
}

/** kubelet: apimachinery util/yaml (IsJSONBuffer): what starts with `{` is read as JSON, the rest as YAML 1.1. */
export function isJson(text: string): boolean {
  return /^[ \t\r\n]*\{/.test(text);
}

/**
 * The decoded first document as the kubelet would read it, the last of equal keys winning (sigs.k8s.io/yaml, not strict);
 * `undefined` when it could not.
 */
export function decodeAsKubelet(text: string): unknown {
  if (isJson(text)) return decodeJson(text);
  const [first] = parseAllDocuments(text, {
    version: '1.1',
    uniqueKeys: false,
    logLevel: 'silent',
  });
  if (first === undefined || first.errors.length > 0) return undefined;
  return decodeDocument(first)?.value;
}

function decodeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function decodeDocument(document: Document.Parsed): { value: unknown } | null {
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) };
  } catch {
    return null;
  }
}

function onlyDocument(text: string, path: string): Result<Document.Parsed> {
  const documents = parseAllDocuments(text, {
    version: '1.2',
    uniqueKeys: true,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const problems = documents.flatMap((document) => yamlProblems(document, text, path));
  if (problems.length > 0) return fail(...problems);
  const filled = documents.filter((document) => !isBlank(document));
  const [first] = documents;
  if (filled.length > 1 || (filled.length === 1 && first !== filled[0])) {
    const help = 'the kubelet reads the first document only; give every pod a file of its own';
    const spot = { path, text, offset: filled.at(-1)?.contents?.range[0] ?? 0 };
    return fail(refusal('SP2005', spot, 'the file holds more than one YAML document', help));
  }
  if (first === undefined || isBlank(first)) {
    const help = 'setpoint changes flags of an existing static-pod manifest';
    return fail(refusal('SP2001', path, 'the manifest holds no document', help));
  }
  return ok(first);
}

function isBlank(document: Document.Parsed): boolean {
  return isScalar(document.contents) && document.contents.value === null;
}

function yamlProblems(document: Document.Parsed, text: string, path: string): Diagnostic[] {
  const problems = [...document.errors, ...document.warnings].flatMap((error, index) => {
    const spot = { path, text, offset: error.pos[0] };
    if (error.code === 'DUPLICATE_KEY') {
      return refusal('SP2004', spot, 'a key is given twice in the same map', 'keep one of them');
    }
    if (text.includes('{{')) {
      // Its first problem says all; the others follow from it.
      if (index > 0) return [];
      const help = 'render the template first; setpoint edits the finished manifest';
      return refusal('SP2012', spot, 'the file looks like a template, not like a manifest', help);
    }
    return refusal('SP2003', spot, `invalid YAML: ${error.message}`, 'correct the manifest');
  });
  const directive = /^\uFEFF?%/m.exec(text);
  if (directive !== null) {
    const spot = { path, text, offset: directive.index };
    const help = 'remove the line; the kubelet reads YAML 1.1 without directives';
    problems.push(refusal('SP2003', spot, 'the file has a YAML directive (%)', help));
  }
  if (text.includes('<<')) problems.push(...mergeKeys(document, text, path));
  for (const offset of isJson(text) ? [] : unreadByKubelet(document, text)) {
    const what = 'the YAML reader of the kubelet stops here';
    const help = 'put the text in quotes, and write / for \\/';
    problems.push(refusal('SP2003', { path, text, offset }, what, help));
  }
  return problems;
}

/** A merge key changes a map from elsewhere, so that no text near the container says what it holds. */
function mergeKeys(document: Document.Parsed, text: string, path: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  visit(document, {
    Pair(_key, pair) {
      const { key, value } = pair;
      if (!isScalar(key) || key.value !== '<<' || !(isAlias(value) || isMap(value))) return;
      const spot = { path, text, offset: key.range?.[0] ?? 0 };
      found.push(refusal('SP2011', spot, 'the manifest merges maps with `<<`', 'write them out'));
    },
  });
  return found;
}
