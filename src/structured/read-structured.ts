import { parseAllDocuments } from 'yaml';
import type { Document } from 'yaml';
import { fail, ok } from '../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import { judgeDocuments } from './judge-document.ts';
import { scalarNode } from './node.ts';
import type { Node } from './node.ts';
import { hasTooManyPieces } from './pieces.ts';
import { readJson } from './read-json.ts';
import { readYaml } from './read-yaml.ts';
import type { Fault } from './read-yaml.ts';
import { firstRefusals, refusal } from './refusal.ts';
import { decodeStructured, isNestedTooDeeply } from './source-text.ts';
import type { Structured } from './structured.ts';

export interface ReadOptions {
  /** Which document of the file, from 0. Absent: there may be only one. */
  readonly document?: number;
}

/**
 * One document of a YAML or JSON file that can be edited safely. Fails with SP2200 (no such text), SP2201 (too large, too deep, aliases
 * that expand too far), SP2202 (does not parse), SP2203 (a key given twice), SP2204 (several documents, or no such one).
 */
export function readStructured(
  bytes: Uint8Array,
  path: string,
  options: ReadOptions = {},
): Result<Structured> {
  const all = readDocuments(bytes, path);
  if (!all.ok) return all;
  const [first, second] = all.value;
  const wanted = options.document === undefined ? first : all.value[options.document];
  if (options.document === undefined && second !== undefined) {
    const spot = { path, text: second.text, offset: second.root.start };
    const help = 'give each document a file of its own';
    return fail(refusal('SP2204', spot, 'the file holds more than one document', help));
  }
  if (wanted !== undefined) return ok(wanted);
  const message = `the file has no document ${(options.document ?? 0) + 1}`;
  return fail(refusal('SP2204', path, message, 'check that the path is the right one'));
}

/** All documents of a file; one where it is empty. Fails as readStructured does. */
export function readDocuments(bytes: Uint8Array, path: string): Result<readonly Structured[]> {
  const text = decodeStructured(bytes, path);
  return text.ok ? readText(text.value, path) : text;
}

/** The same of a text. One parse. */
export function readText(text: string, path: string): Result<readonly Structured[]> {
  if (isNestedTooDeeply(text)) return fail(tooDeep(path));
  const json = asJson(text, path);
  if (!json.ok) return json;
  const format = json.value === null ? 'yaml' : 'json';
  const roots = json.value === null ? yamlRoots(text, path) : ok([json.value]);
  if (!roots.ok) return roots;
  const problems = judgeDocuments(roots.value, text, path);
  if (problems.length > 0) return fail(...problems);
  return ok(
    roots.value.map((root, document) => ({ text, value: root.value, format, document, root })),
  );
}

/** `null`: it is read as YAML. What is empty in a YAML file stays YAML, so that lists in it are not written between brackets. */
function asJson(text: string, path: string): Result<Node | null> {
  const from = text.startsWith('\uFEFF') ? 1 : 0;
  const mustBe = path.endsWith('.json');
  if (!mustBe && (!/^\s*[[{]/.test(text) || /^\s*(\[\s*\]|\{\s*\})\s*$/.test(text)))
    return ok(null);
  try {
    JSON.parse(text.slice(from));
  } catch (error) {
    if (!mustBe) return ok(null);
    const message = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(message)?.[1];
    const offset = position === undefined ? text.length : Number(position) + from;
    const what = `the file is not JSON: ${message.replace(/ in JSON at position.*$/s, '')}`;
    return fail(refusal('SP2202', { path, text, offset }, what, 'correct the file first'));
  }
  return hasTooManyPieces(text, 'json') ? fail(tooMuch(path)) : ok(readJson(text, from));
}

function tooDeep(path: string): Diagnostic {
  const help = 'no file for people needs this; check that the path is the right one';
  return refusal('SP2201', path, 'the file is nested too deeply', help);
}

function tooMuch(path: string): Diagnostic {
  const help = 'split the file; check that the path is the right one';
  return refusal('SP2201', path, 'the file has more than 500,000 lines, keys and entries', help);
}

function yamlRoots(text: string, path: string): Result<readonly Node[]> {
  if (hasTooManyPieces(text, 'yaml')) return fail(tooMuch(path));
  const documents = parsed(text);
  if (documents === null) return fail(tooDeep(path));
  const errors = documents.flatMap((one) => one.errors);
  const problems = [
    ...firstRefusals(errors, ({ pos, message }) => broken({ offset: pos[0], message }, text, path)),
  ];
  const directive = /^%YAML(?! 1\.2\s*$).*$/m.exec(text);
  if (directive !== null && documents.some(({ directives }) => directives.yaml.explicit === true)) {
    const spot = { path, text, offset: directive.index };
    problems.push(
      refusal('SP2202', spot, 'the file is of another version of YAML', 'remove the line'),
    );
  }
  if (problems.length > 0) return fail(...problems);
  const bad: Fault[] = [];
  const roots = documents.map(({ contents, range }) => {
    if (contents !== null) return readYaml(contents, bad);
    return scalarNode({ start: range[1], end: range[1], odd: null }, 'plain', null);
  });
  if (bad.length > 0) return fail(...firstRefusals(bad, (one) => broken(one, text, path)));
  const empty = scalarNode({ start: text.length, end: text.length, odd: null }, 'plain', null);
  return ok(roots.length === 0 ? [empty] : roots);
}

/** `null`: maps that are nested on one line (`a: b: c:`) are no YAML, but the parser recurses for each before it says so. */
function parsed(text: string): readonly Document.Parsed[] | null {
  try {
    return parseAllDocuments(text, {
      keepSourceTokens: true,
      // Each pair would be compared with each other one; judgeDocuments tells.
      uniqueKeys: false,
      logLevel: 'silent',
      prettyErrors: false,
    });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function broken({ offset, message }: Fault, text: string, path: string): Diagnostic {
  const what = `the file is not valid YAML: ${message}`;
  return refusal('SP2202', { path, text, offset }, what, 'correct the file first');
}
