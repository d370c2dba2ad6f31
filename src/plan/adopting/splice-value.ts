import { isScalar } from 'yaml';
import type { ParsedNode, Scalar } from 'yaml';
import type { TextSplice } from '../../kinds/manifest/text/text-splice.ts';
import { columnOf, eolAfter, linesAfter, nextLine } from './lines.ts';
import type { Place } from './place.ts';
import type { PlanText } from './plan-text.ts';
import type { ScalarForm, ScalarSetting, ScalarText } from '../../structured/scalar-text.ts';
import { scalarText } from '../../structured/scalar-text.ts';

export interface ScalarWish {
  /** `null` is written as `null`. */
  readonly text: string | null;
  readonly mustBeText: boolean;
}

const FORMS: Readonly<Record<string, ScalarForm>> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'block',
  BLOCK_FOLDED: 'block',
};

/** Another value in the place of a scalar, in its form; comments beside and around it stay. */
export function spliceScalar(
  plan: PlanText,
  place: Place,
  node: Scalar.Parsed,
  { text, mustBeText }: ScalarWish,
): readonly TextSplice[] {
  // What is not set has no form of its own.
  const form = node.value === null ? 'plain' : formOf(node);
  const setting = { ...settingOf(plan, place), form, mustBeText };
  const written = text === null ? { inline: 'null', lines: '' } : scalarText(text, setting);
  return spliceValue(plan.text, node, written);
}

/** The form of a scalar in its source. */
export function formOf(node: ParsedNode | null): ScalarForm {
  return (isScalar(node) ? FORMS[node.type ?? ''] : undefined) ?? 'plain';
}

/** How blocks stand under the key of a place: as deep as the one that is there. */
export function settingOf(
  { text }: PlanText,
  { pair, inFlow }: Place,
): Pick<ScalarSetting, 'inFlow' | 'indent' | 'keyIndent' | 'eol'> {
  const keyIndent = columnOf(text, pair.key.range[0]);
  const indent = blockIndent(text, pair.value, keyIndent) ?? keyIndent + 2;
  return { inFlow, keyIndent, indent, eol: eolAfter(text, pair.key.range[0]) };
}

/** Replaces a value with its block, if it is one. */
export function spliceValue(
  text: string,
  node: ParsedNode,
  { inline, lines }: ScalarText,
): readonly TextSplice[] {
  const [start, end] = node.range;
  const header =
    formOf(node) === 'block' ? /^[|>][-+0-9]*/.exec(text.slice(start))?.[0] : undefined;
  if (header === undefined) {
    const space = start === end && text[start - 1] === ':' ? ' ' : '';
    const value = { start, end, text: space + inline };
    return lines === '' ? [value] : [value, linesAfter(text, end, lines)];
  }
  const bodyStart = nextLine(text, start);
  // Blank lines after a block that keeps its last line ends would be a part of it.
  const rest = inline.endsWith('+')
    ? (/^([ \t]*\r?\n)*/.exec(text.slice(end))?.[0].length ?? 0)
    : 0;
  return [
    { start, end: start + header.length, text: inline },
    { start: bodyStart, end: Math.max(bodyStart, end + rest), text: lines },
  ];
}

function blockIndent(text: string, node: ParsedNode | null, keyIndent: number): number | null {
  if (node === null || formOf(node) !== 'block') return null;
  const [start, end] = node.range;
  const given = /^[|>][-+]?([1-9])/.exec(text.slice(start))?.[1];
  if (given !== undefined) return keyIndent + Number(given);
  const line = /^( *)[^\s]/m.exec(text.slice(nextLine(text, start), end));
  return line?.[1]?.length ?? null;
}
