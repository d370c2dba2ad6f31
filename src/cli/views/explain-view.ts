import { CODES } from '../../diagnostics/codes/index.ts';
import type { CodeEntry } from '../../diagnostics/codes/entry.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import { createStyle } from '../style.ts';
import { usageError } from '../usage-error.ts';
import { table } from './table.ts';
import { wrapText } from './wrap-text.ts';
import type { ViewOptions } from './view-options.ts';

export interface ExplainedCode extends CodeEntry {
  readonly code: string;
}

const ENTRIES: Readonly<Record<string, CodeEntry>> = CODES;

/** Every code, sorted. */
export function listCodes(): readonly ExplainedCode[] {
  return Object.keys(ENTRIES)
    .sort()
    .map((code) => explainCode(code));
}

/** The entry of a code, however it is capitalised. Throws a usage error with a suggestion for an unknown one. */
export function explainCode(word: string): ExplainedCode {
  const code = word.toUpperCase();
  const entry = Object.hasOwn(ENTRIES, code) ? ENTRIES[code] : undefined;
  if (entry !== undefined) return { code, ...entry };
  const near = didYouMean(code, Object.keys(ENTRIES));
  const help = near === null ? 'setpoint explain lists all codes' : `did you mean "${near}"?`;
  throw usageError('SP9009', `unknown code "${word}"`, help);
}

/** Code, title and the long text. */
export function explainView(entry: ExplainedCode, { color, width }: ViewOptions): string {
  const { bold } = createStyle(color);
  const columns = Math.min(width, 80);
  const paragraphs = entry.explanation
    .split('\n\n')
    .map((text) => wrapText(text, columns).join('\n'));
  return [bold(`${entry.code}: ${entry.title}`), ...paragraphs].join('\n\n');
}

/** All codes with their titles. */
export function codeListView(entries: readonly ExplainedCode[]): string {
  return table(entries.map(({ code, title }) => [code, title])).join('\n');
}
