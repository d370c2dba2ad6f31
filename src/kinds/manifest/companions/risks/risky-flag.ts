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
  /** A list loses this element, unless it has the other one then; or it gains it. */
  | { readonly loses: string; readonly unless?: string }
  | { readonly gains: string }
  /** Of a flag that is given several times the first one is another, or one of them is gone. */
  | { readonly is: 'first-or-fewer' }
  | { readonly is: 'set' | 'removed' | 'changed' | 'loopback' | 'one-address' };

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
  const [old, now] = [flagText(before, flag), flagText(after, flag)];
  if ('becomes' in risk) return isNow((text) => text !== null && sameFlagValue(text, risk.becomes));
  if ('gains' in risk) return has(after, risk.gains) && !has(before, risk.gains);
  if ('loses' in risk) {
    if (risk.unless !== undefined && has(after, risk.unless)) return false;
    return has(before, risk.loses) && !has(after, risk.loses);
  }
  if (risk.is === 'first-or-fewer') return isFirstOrFewer(line(before), line(after));
  if (risk.is === 'set') return old === null && now !== null;
  if (risk.is === 'removed') return old !== null && now === null;
  if (risk.is === 'changed')
    return isChanged(effectiveText(before, flag), effectiveText(after, flag));
  if (risk.is === 'loopback') return isNow((text) => text !== null && isLoopback(text));
  return isNow((text) => text !== null && !isLoopback(text) && !isWildcard(text));

  function line(of: CommandLine): readonly string[] {
    return flagTexts(of, flag);
  }
  function isNow(test: (text: string | null) => boolean): boolean {
    return test(now) && !test(old);
  }
  function has(line: CommandLine, element: string): boolean {
    return effective(line, flag).includes(element);
  }
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
