import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import type { ItemValue } from '../../../model/item.ts';
import { hasTemplateText } from './command-line.ts';
import { refusal } from '../../../structured/refusal.ts';
import { hasAmbiguousCharacter } from '../text/source-text.ts';

/** Problems with a flag's name as declared (SP2020). */
export function checkFlagName(path: string, name: string): Diagnostic[] {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(name)) return [];
  const help = 'write the name without dashes in front, such as audit-log-path';
  return [refusal('SP2020', path, `${JSON.stringify(name)} is not a flag name`, help)];
}

/** Problems with a value or a part of one that is to be written (SP2019). */
export function checkFlagValue(path: string, flag: string, value: ItemValue): Diagnostic[] {
  if (value === null) return [];
  if (hasAmbiguousCharacter(value)) {
    const help = 'flags take one line of text without control characters';
    return [
      refusal(
        'SP2019',
        path,
        `the value of --${flag} holds a line break or control character`,
        help,
      ),
    ];
  }
  if (hasTemplateText(value)) {
    const help = 'nothing renders a live manifest; write the finished value';
    return [refusal('SP2019', path, `the value of --${flag} holds template text`, help)];
  }
  return [];
}

/** Problems with an element of a list flag or a key or value of a map flag (SP2019): commas separate them. */
export function checkPart(path: string, flag: string, part: string): Diagnostic[] {
  const problems = checkFlagValue(path, flag, part);
  if (part === '' || /[,"]/.test(part) || part.trim() !== part) {
    const help =
      'elements stand between commas: no comma, no double quote, no blank around them (an array that is known for the image, such as tls-sni-cert-key, takes them)';
    problems.push(
      refusal('SP2019', path, `${JSON.stringify(part)} cannot be part of --${flag}`, help),
    );
  }
  return problems;
}
