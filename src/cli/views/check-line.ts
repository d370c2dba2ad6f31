import { printable } from '../../diagnostics/printable.ts';
import type { CheckResult } from '../../model/check.ts';
import type { Style } from '../style.ts';
import { durationText } from './short-text.ts';

/** `green  after  apiserver[0]  6.2 s, 3 attempts  HTTP 200`; the detail of a green check is dimmed. */
export function checkLine(result: CheckResult, style: Style): string {
  const { verdict, phase, id, attempts, took, detail } = result;
  const paint = { green: style.green, red: style.red, skipped: style.yellow }[verdict];
  const spent =
    verdict === 'skipped'
      ? ''
      : `  ${durationText(took)}${attempts > 1 ? `, ${attempts} attempts` : ''}`;
  const text = printable(detail);
  return `${paint(verdict.padEnd(7))} ${phase.padEnd(6)} ${printable(id)}${spent}  ${
    verdict === 'red' ? text : style.dim(text)
  }`.trimEnd();
}
