import type { FlagType } from '../../../catalogue/cis/row.ts';
import { gateName } from '../flags/gate-name.ts';
import { parseGoList, parseGoMap } from '../values/go-collections.ts';
import { parseGoDuration } from '../../../model/go-duration.ts';
import { parseGoBoolean, parseGoInteger } from '../values/go-scalars.ts';
import type { Occurrence } from './read-arguments.ts';

/** A flag's value as its component understands it. */
export type FlagValue =
  | { readonly type: 'bool'; readonly is: boolean }
  | { readonly type: 'duration' | 'int'; readonly is: bigint }
  | { readonly type: 'string'; readonly is: string }
  | { readonly type: 'files' | 'list'; readonly is: readonly string[] }
  | { readonly type: 'map'; readonly is: ReadonlyMap<string, string> };

/** What is known of one flag. `shown` is how it is given, for people. */
export type FlagReading =
  | { readonly state: 'unset' }
  | { readonly state: 'given'; readonly value: FlagValue; readonly shown: string }
  /** The component refuses to start with it. */
  | { readonly state: 'refused'; readonly why: string; readonly shown: string }
  | { readonly state: 'unknown'; readonly why: string; readonly shown: string | null };

/** The value of texts that are given one after the other: lists append, maps merge, of anything else the last one counts. */
export function valueOf(type: FlagType, texts: readonly string[]): FlagValue | null {
  const last = texts.at(-1) ?? '';
  switch (type) {
    case 'bool': {
      const values = texts.map(parseGoBoolean);
      const is = values.at(-1) ?? null;
      return is === null || values.includes(null) ? null : { type, is };
    }
    case 'int':
    case 'duration': {
      const values = texts.map(type === 'int' ? parseGoInteger : parseGoDuration);
      const is = values.at(-1) ?? null;
      return is === null || values.includes(null) ? null : { type, is };
    }
    case 'list': {
      const parts = texts.map(parseGoList);
      if (parts.includes(null)) return null;
      return { type, is: parts.flatMap((part) => part ?? []) };
    }
    case 'map': {
      const parts = texts.map(parseGoMap);
      if (parts.includes(null)) return null;
      const entries = parts.flatMap((part) => [...(part ?? [])]);
      return { type, is: new Map(entries.map(([key, entry]) => [gateName(key) ?? key, entry])) };
    }
    case 'files':
      return { type, is: texts };
    case 'string':
      break;
  }
  return { type: 'string', is: last };
}

/** What its occurrences, in order, make of a flag. */
export function readFlag(
  flag: string,
  type: FlagType,
  occurrences: readonly Occurrence[],
): FlagReading {
  if (occurrences.length === 0) return { state: 'unset' };
  const shown = occurrences.map(shownOf).join(' ');
  if (occurrences.some(({ at, valueAt }) => at.unknown || valueAt?.unknown === true)) {
    const why = `the value of --${flag} comes from a variable that the manifest does not tell`;
    return { state: 'unknown', why, shown };
  }
  const stray = occurrences.find((one) => one.stray !== null);
  if (stray !== undefined) {
    const why = `--${flag} is on, and the ${JSON.stringify(stray.stray)} after it is refused: write --${flag}=${stray.stray}`;
    return { state: 'refused', why, shown: `${shown} ${stray.stray}` };
  }
  const texts = occurrences.map(({ value }) => value ?? (type === 'bool' ? 'true' : null));
  const given = texts.filter((text) => text !== null);
  const value = given.length < texts.length ? null : valueOf(type, given);
  if (value !== null) return { state: 'given', value, shown };
  const wanted = { bool: 'true or false', int: 'a number', duration: 'a duration' } as const;
  const what = Object.hasOwn(wanted, type) ? wanted[type as keyof typeof wanted] : `a ${type}`;
  return { state: 'refused', why: `the value of --${flag} is not ${what}`, shown };
}

function shownOf({ at, valueAt }: Occurrence): string {
  return valueAt === null ? at.text : `${at.text} ${valueAt.text}`;
}
