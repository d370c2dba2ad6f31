import type { JsonValue } from '../model/item.ts';
import type { Node } from './node.ts';
import { scalarText } from './scalar-text.ts';
import type { ScalarForm, ScalarText } from './scalar-text.ts';
import type { Style } from './style.ts';

type Collection = readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * What follows a colon or dash in a block, with the line end. `column` is that of the key or dash; `like` is what stood there, or
 * stands in the entry before: its quotes and brackets are taken over.
 */
export function blockValue(
  value: JsonValue,
  column: number,
  like: Node | null,
  style: Style,
  inList = false,
): string {
  if (value === null || typeof value !== 'object') {
    const { inline, lines } = scalar(value, like, style, { column, inFlow: false });
    return ` ${inline}${style.eol}${lines}`;
  }
  if (isEmpty(value) || (like?.kind !== 'scalar' && like?.flow === true)) {
    return ` ${flowValue(value, like, style, null)}${style.eol}`;
  }
  const list = Array.isArray(value);
  const deeper = inList ? 2 : list ? style.listIndent : style.mapIndent;
  const lines = blockLines(value, column + deeper, like, style);
  return inList ? ` ${lines.slice(column + deeper)}` : style.eol + lines;
}

/** A collection that is not empty, as lines of a block at a column. */
export function blockLines(
  value: Collection,
  column: number,
  like: Node | null,
  style: Style,
): string {
  const margin = ' '.repeat(column);
  if (isList(value)) {
    const template = lastOf(like);
    return value
      .map((item) => `${margin}-${blockValue(item, column, template, style, true)}`)
      .join('');
  }
  return Object.entries(value)
    .map(([key, field]) => {
      const written = blockValue(field, column, fieldOf(like, key), style);
      return `${margin}${keyText(key, style)}:${written}`;
    })
    .join('');
}

/** A value as it stands between brackets. `indent`: the blanks before the line it begins on, where it may take several. */
export function flowValue(
  value: JsonValue,
  like: Node | null,
  style: Style,
  indent: string | null,
): string {
  if (value === null || typeof value !== 'object') {
    return scalar(value, like, style, { column: 0, inFlow: true }).inline;
  }
  if (isEmpty(value)) return isList(value) ? '[]' : '{}';
  const inner = indent === null ? null : indent + style.unit;
  const items = isList(value)
    ? value.map((item) => flowValue(item, lastOf(like), style, inner))
    : Object.entries(value).map(([key, field]) => {
        const written = flowValue(field, fieldOf(like, key), style, inner);
        return `${flowKey(key, style)}${written}`;
      });
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
  if (inner === null) return `${open}${items.join(style.comma)}${close}`;
  const separator = `${style.eol}${inner}`;
  return `${open}${separator}${items.join(`,${separator}`)}${style.eol}${indent ?? ''}${close}`;
}

/** A key with its colon, between braces. */
export function flowKey(key: string, style: Style): string {
  const text =
    style.format === 'json'
      ? jsonText(key)
      : textOf(key, 'plain', { column: 0, inFlow: true }, style).inline;
  return `${text}${style.colon}`;
}

/** A key of a block, without its colon. */
export function keyText(key: string, style: Style): string {
  // A key in block form, or of several lines, is none.
  return textOf(key, 'plain', { column: 0, inFlow: true }, style).inline;
}

interface Setting {
  readonly column: number;
  readonly inFlow: boolean;
}

/** A scalar in the form of the one that it is like. */
export function scalar(
  value: string | number | boolean | null,
  like: Node | null,
  style: Style,
  setting: Setting,
): ScalarText {
  if (typeof value !== 'string') return { inline: JSON.stringify(value), lines: '' };
  if (style.format === 'json') return { inline: jsonText(value), lines: '' };
  const form: ScalarForm =
    like?.kind === 'scalar' && typeof like.value === 'string' ? like.style : 'plain';
  return textOf(value, form, setting, style);
}

function textOf(
  text: string,
  form: ScalarForm,
  { column, inFlow }: Setting,
  style: Style,
): ScalarText {
  const { eol, mapIndent } = style;
  const keyIndent = column;
  return scalarText(text, {
    form,
    inFlow,
    mustBeText: true,
    keyIndent,
    indent: column + mapIndent,
    eol,
  });
}

/** Readers of YAML take U+0085 and its like for line ends, even in JSON. */
function jsonText(text: string): string {
  return JSON.stringify(text).replaceAll(
    /\p{Cc}|[\u2028\u2029\uFEFF\uFFFE\uFFFF]/gu,
    (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

function isEmpty(value: Collection): boolean {
  return isList(value) ? value.length === 0 : Object.keys(value).length === 0;
}

function isList(value: Collection): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function lastOf(like: Node | null): Node | null {
  return like?.kind === 'list' ? (like.entries.at(-1)?.node ?? null) : null;
}

function fieldOf(like: Node | null, key: string): Node | null {
  if (like?.kind !== 'map') return null;
  return like.entries.find((entry) => entry.key === key)?.node ?? null;
}
