import type { Component } from '../../../../catalogue/flag-facts.ts';
import type { CommandLine } from '../../flags/command-line.ts';
import { sameFlagValue } from '../../values/typed-equality.ts';
import { FILLED_IN } from '../../flags/filled-in.ts';
import { flagElements, flagText, flagTexts } from '../flag-text.ts';
import { isLoopback, isWildcard } from '../probes/addresses.ts';
import { effectiveText } from './effective-text.ts';

/** What makes a change of a flag risky. */
export type Risk =
  /** It becomes this value, by type. */
  | { readonly becomes: string }
  /** It was this value, by type, and is it no more, given or not. */
  | { readonly ceases: string }
  /** A list loses this element, unless it has the other one then; or it gains it. */
  | { readonly loses: string; readonly unless?: string }
  | { readonly gains: string }
  /** A list that had elements has none. */
  | { readonly is: 'emptied' }
  /** Of a flag that is given several times the first one is another, or one of them is gone. */
  | { readonly is: 'first-or-fewer' }
  | { readonly is: 'set' | 'removed' | 'loopback' | 'one-address' }
  /** It is another than was in force, by a value or by the default. */
  | { readonly is: 'changed' }
  /** As `changed`, of a flag whose default stands in for it under another name: given for the first time it changes something, too. */
  | { readonly is: 'moved' };

export interface RiskyFlag {
  readonly components: readonly Component[];
  readonly flag: string;
  readonly risk: Risk;
  /** What stops working, and for whom. */
  readonly breaks: string;
  /** `probes`: gates made of its HTTP probes see it; else what to add, because none of its own does. */
  readonly seen: 'probes' | { readonly add: string };
}

/** Whether the change between two command lines takes the risk; what already was so is none. */
export function takesRisk(
  { flag, risk }: Pick<RiskyFlag, 'flag' | 'risk'>,
  before: CommandLine,
  after: CommandLine,
): boolean {
  if ('gains' in risk || 'loses' in risk) return changesElements(flag, risk, before, after);
  if ('becomes' in risk) return turnsInto(before, after, isValue(risk.becomes));
  if ('ceases' in risk) return turnsInto(after, before, isValue(risk.ceases));
  if (risk.is === 'first-or-fewer')
    return isFirstOrFewer(flagTexts(before, flag), flagTexts(after, flag));
  if (risk.is === 'emptied')
    return flagElements(before, flag).length > 0 && flagElements(after, flag).length === 0;
  if (risk.is === 'moved') return (flagText(before, flag) ?? '') !== (flagText(after, flag) ?? '');
  if (risk.is === 'set') return turnsInto(before, after, () => true);
  if (risk.is === 'removed') return turnsInto(after, before, () => true);
  if (risk.is === 'changed')
    return isChanged(effectiveText(before, flag), effectiveText(after, flag));
  if (risk.is === 'loopback') return turnsInto(before, after, isLoopback);
  return turnsInto(before, after, (text) => !isLoopback(text) && !isWildcard(text));

  /** It is given so on the second line, and not on the first. */
  function turnsInto(from: CommandLine, to: CommandLine, test: (text: string) => boolean): boolean {
    const [old, now] = [flagText(from, flag), flagText(to, flag)];
    return now !== null && test(now) && !(old !== null && test(old));
  }
}

function isValue(wanted: string): (text: string) => boolean {
  return (text) => sameFlagValue(text, wanted);
}

function changesElements(
  flag: string,
  risk: Extract<Risk, { gains: string } | { loses: string }>,
  before: CommandLine,
  after: CommandLine,
): boolean {
  const has = (line: CommandLine, element: string): boolean =>
    effective(line, flag).includes(element);
  if ('gains' in risk) return has(after, risk.gains) && !has(before, risk.gains);
  if (risk.unless !== undefined && has(after, risk.unless)) return false;
  return has(before, risk.loses) && !has(after, risk.loses);
}

function isChanged(old: string | null, now: string | null): boolean {
  return old !== null && (now === null || !sameFlagValue(old, now));
}

/** The first one signs, each one is accepted (kube-apiserver, --service-account-issuer). Given for the first time it takes nothing away. */
function isFirstOrFewer(old: readonly string[], now: readonly string[]): boolean {
  if (old.length === 0) return false;
  return old[0] !== now[0] || old.some((one) => !now.includes(one));
}

/** Elements that count, with those that the component fills in when the flag is not given. */
function effective(line: CommandLine, flag: string): readonly string[] {
  const given = flagElements(line, flag);
  const filled = given.length === 0 ? FILLED_IN.get(flag) : undefined;
  return filled === undefined || flagText(line, filled.unless) !== null ? given : filled.parts;
}
