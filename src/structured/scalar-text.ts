import { stringify } from 'yaml';

export type ScalarForm = 'plain' | 'single' | 'double' | 'block';

/** How the scalar stood there, and where. */
export interface ScalarSetting {
  readonly form: ScalarForm;
  /** Between brackets or braces: no blocks, and fewer characters without quotes. */
  readonly inFlow: boolean;
  /** `true` and `9` must not become anything but texts. */
  readonly mustBeText: boolean;
  /** Columns before each line of a block, and before the key that it belongs to. */
  readonly indent: number;
  readonly keyIndent: number;
  readonly eol: '\n' | '\r\n';
}

/** `inline` takes the place of the value; `lines`, all of them ended, begin below it: `''` for none. */
export interface ScalarText {
  readonly inline: string;
  readonly lines: string;
}

/** What no block and no plain or single-quoted scalar holds as it is: everything that editors and YAML readers take differently. */
const SPECIAL = /(?![\t\n])\p{Cc}|\p{Cs}|[\u2028\u2029\uFEFF\uFFFD-\uFFFF]/u;

/** A text as YAML, in the form it had where that can hold it, else in the nearest one that can. */
export function scalarText(text: string, setting: ScalarSetting): ScalarText {
  const { form, inFlow } = setting;
  const lines = text.includes('\n');
  if ((form === 'block' || (lines && form !== 'double')) && !inFlow && fitsBlock(text)) {
    return block(text, setting);
  }
  if (form === 'plain' && isPlain(text, setting)) return { inline: text, lines: '' };
  const single = !lines && !text.includes('\t') && !SPECIAL.test(text);
  if (single && (form === 'single' || (form === 'plain' && /["\\]/.test(text)))) {
    return { inline: `'${text.replaceAll("'", "''")}'`, lines: '' };
  }
  return { inline: doubleQuoted(text), lines: '' };
}

/** Whether readers of YAML 1.1 and 1.2 give the same value, or number with the same text, for it without quotes. */
function isPlain(text: string, { inFlow, mustBeText }: ScalarSetting): boolean {
  if (inFlow && !/^[A-Za-z0-9._/=+@%^-]*$/.test(text)) return false;
  if (/^(true|false|0|[1-9]\d{0,14})$/.test(text)) return !mustBeText;
  if (text.includes('\n') || SPECIAL.test(text)) return false;
  return stringify(text, { lineWidth: 0, compat: 'yaml-1.1' }) === `${text}\n`;
}

/** A block cannot end in a line of blanks, and one of empty lines alone is read differently by people. */
function fitsBlock(text: string): boolean {
  return /\S/.test(text) && !/\n[\t ]+$/.test(text) && !SPECIAL.test(text);
}

function block(text: string, { indent, keyIndent, eol }: ScalarSetting): ScalarText {
  const ends = /\n*$/.exec(text)?.[0].length ?? 0;
  const chomping = ends === 0 ? '-' : ends === 1 ? '' : '+';
  // The first line with text tells the indentation, unless it begins with a blank.
  const explicit = /^\n*[ \t]/.test(text);
  const columns = explicit && indent - keyIndent > 9 ? keyIndent + 2 : indent;
  const indicator = explicit ? String(columns - keyIndent) : '';
  const margin = ' '.repeat(columns);
  const lines = (ends === 0 ? text : text.slice(0, -1)).split('\n');
  return {
    inline: `|${indicator}${chomping}`,
    lines: lines.map((line) => `${line === '' ? '' : margin + line}${eol}`).join(''),
  };
}

function doubleQuoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    new RegExp(SPECIAL, 'gu'),
    (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`,
  );
}
