import { Composer, CST, Lexer, Parser, type Document, type ParsedNode } from 'yaml';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { convertDocument } from './convert-document.ts';
import { report, sourceFile, type SourceFile, type Span } from './source-file.ts';
import type { MapNode, SourceTree } from './source-tree.ts';
import { yamlProblems } from './yaml-problems.ts';

/** UTF-16 units. Plan files are written by people; large content belongs into a source file. */
const MAX_LENGTH = 1_048_576;
/** Open collections; a parser is recursive, and 10,000 nested brackets cost 150 ms before anything is checked. */
const MAX_DEPTH = 64;

/** How every file of a workspace is read. */
export const YAML_OPTIONS = {
  version: '1.2',
  schema: 'core',
  merge: false,
  // Found by convertDocument, which knows both places.
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: 'silent',
} as const;

/** The tree as far as it could be read, and every problem of the text. `tree` is null when nothing further can be said. */
export interface ReadTree {
  readonly file: SourceFile;
  readonly tree: SourceTree | null;
  readonly problems: readonly Diagnostic[];
}

/** Reads one YAML 1.2 document that must be a mapping. `what` names the file in sentences, e.g. `plan file`. */
export function readSourceTree(text: string, name: string, what: string): ReadTree {
  const file = sourceFile(name, text);
  const top = { start: 0, end: 1 };
  if (file.text.length > MAX_LENGTH) {
    const message = `this ${what} is too large: ${file.text.length} characters, at most ${MAX_LENGTH}`;
    const help = 'move large content into a file of the workspace and name it by source';
    return failed(file, report(file, 'SP1006', top, message, help));
  }
  const broken = file.text.indexOf('\uFFFD');
  if (broken !== -1) {
    const span = { start: broken, end: broken + 1 };
    return failed(file, report(file, 'SP1001', span, `this ${what} is not UTF-8 text`));
  }
  const tokens = tokenize(file.text);
  if ('tooDeepAt' in tokens) {
    const span = { start: tokens.tooDeepAt, end: tokens.tooDeepAt + 1 };
    return failed(file, report(file, 'SP1006', span, `nested more than ${MAX_DEPTH} levels deep`));
  }
  const documents = compose(tokens.tokens, file.text.length);
  const errors = documents.flatMap((document) => [...document.errors, ...document.warnings]);
  if (errors.length > 0)
    return failed(file, ...yamlProblems(file, errors, quotedTexts(tokens.tokens)));
  const [document, second] = documents;
  if (second !== undefined) {
    const start = second.contents?.range[0] ?? file.text.length;
    const message = `a ${what} holds one YAML document; here a second one begins`;
    return failed(
      file,
      report(file, 'SP1005', { start, end: start + 1 }, message, 'write one file for each'),
    );
  }
  if (document === undefined || document.contents === null || isEmpty(document.contents)) {
    return failed(file, report(file, 'SP1008', top, `this ${what} is empty`));
  }
  const { root, problems } = convertDocument(file, document.contents);
  if (root.type === 'map') return { file, tree: { file, root: root satisfies MapNode }, problems };
  const kind = root.type === 'list' ? 'a list' : 'a single value';
  const message = `a ${what} is a mapping of keys to values, not ${kind}`;
  return failed(file, report(file, 'SP1008', root, message), ...problems);
}

function failed(file: SourceFile, ...problems: readonly Diagnostic[]): ReadTree {
  return { file, tree: null, problems };
}

/** Parser.parse with a look at its stack, so that no input makes the recursive composer overflow. */
function tokenize(
  text: string,
): { readonly tokens: readonly CST.Token[] } | { readonly tooDeepAt: number } {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > MAX_DEPTH + 1)
      return { tooDeepAt: Math.min(parser.offset, text.length - 1) };
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens };
}

function quotedTexts(tokens: readonly CST.Token[]): readonly Span[] {
  const spans: Span[] = [];
  for (const token of tokens) {
    if (token.type !== 'document') continue;
    CST.visit(token, ({ value }) => {
      if (value?.type !== 'double-quoted-scalar' && value?.type !== 'single-quoted-scalar') return;
      spans.push({ start: value.offset, end: value.offset + value.source.length });
    });
  }
  return spans;
}

function compose(tokens: readonly CST.Token[], length: number): readonly Document.Parsed[] {
  const composer = new Composer(YAML_OPTIONS);
  return [...composer.compose(tokens, true, length)];
}

function isEmpty(node: ParsedNode): boolean {
  return 'value' in node && node.value === null && node.range[0] === node.range[1];
}
