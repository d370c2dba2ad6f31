import type { ErrorCode, YAMLError } from 'yaml';
import type { Code } from '../../diagnostics/codes/index.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { report, spotOf, type SourceFile, type Span } from './source-file.ts';

interface Sentence {
  readonly code: Code;
  readonly message: string;
  readonly help: string;
}

const SYNTAX: Code = 'SP1002';

const SENTENCES: Partial<Record<ErrorCode, Sentence>> = {
  TAB_AS_INDENT: {
    code: 'SP1003',
    message: 'a tab is used for indentation',
    help: 'YAML is indented with spaces only; replace the tab with spaces',
  },
  BAD_ALIAS: {
    code: 'SP1007',
    message: 'this alias has no anchor before it',
    help: 'write &name before the value that *name repeats, or write the value out; quote a text that begins with *',
  },
  TAG_RESOLVE_FAILED: {
    code: 'SP1009',
    message: 'this YAML tag is not supported',
    help: 'remove the tag; quote a text that begins with !',
  },
  BAD_SCALAR_START: {
    code: SYNTAX,
    message: 'a value cannot begin with this character',
    help: 'put the value in quotes',
  },
  MULTILINE_IMPLICIT_KEY: {
    code: SYNTAX,
    message: 'this line is not a "key: value" pair',
    help: 'is a colon missing, or a space after it?',
  },
};

const INDENTATION: Sentence = {
  code: SYNTAX,
  message: 'the indentation does not fit the lines around it',
  help: 'entries of one mapping or list begin in the same column',
};

/** The parser uses some codes for several mistakes; the text tells them apart. */
function sentenceFor(file: SourceFile, error: YAMLError): Sentence | undefined {
  if (error.code === 'BLOCK_AS_IMPLICIT_KEY') {
    const [rest = ''] = file.text.slice(error.pos[0]).split('\n', 1);
    if (!/: /.test(rest)) return INDENTATION;
    const help = 'put a value that contains ": " in quotes, or begin a new line';
    return { code: SYNTAX, message: 'a second ": " on one line', help };
  }
  if (error.code === 'BAD_INDENT') {
    if (!error.message.startsWith('Flow')) return INDENTATION;
    const message = 'a bracket or brace is still open here';
    return { code: SYNTAX, message, help: 'close it with ] or } before this line' };
  }
  if (error.code === 'MISSING_CHAR' && error.message.endsWith('quote')) {
    return {
      code: SYNTAX,
      message: 'this quote is never closed',
      help: 'end the text with the same quote',
    };
  }
  return SENTENCES[error.code];
}

/**
 * Syntax errors as diagnostics (`quotes`: where quoted texts stand), at most one a line and none in the three lines after one: the parser's later complaints about
 * the same mistake only confuse.
 */
export function yamlProblems(
  file: SourceFile,
  errors: readonly YAMLError[],
  quotes: readonly Span[] = [],
): readonly Diagnostic[] {
  const problems: Diagnostic[] = [];
  let lastLine = Number.NEGATIVE_INFINITY;
  for (const error of [...errors].sort((a, b) => a.pos[0] - b.pos[0])) {
    const start = Math.min(openingOf(error, quotes), file.text.length);
    const { line } = spotOf(file, start);
    if (line <= lastLine + 3) continue;
    lastLine = line;
    const span = { start, end: Math.max(start + 1, error.pos[1]) };
    const sentence = sentenceFor(file, error);
    problems.push(
      sentence === undefined
        ? report(file, SYNTAX, span, `not valid YAML: ${lowerFirst(error.message)}`)
        : report(file, sentence.code, span, sentence.message, sentence.help),
    );
  }
  return problems;
}

/** A quote that is never closed is noticed at the end of the file; people look for its beginning. */
function openingOf(error: YAMLError, quotes: readonly Span[]): number {
  if (error.code !== 'MISSING_CHAR' || !error.message.endsWith('quote')) return error.pos[0];
  return quotes.find(({ end }) => end >= error.pos[0])?.start ?? error.pos[0];
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
