import type { HostPath, ItemKey, RunId } from './brand.ts';
import type { ItemOwner, ItemValue } from './item.ts';
import type { KindName } from './plan-file.ts';

/**
 * How one managed thing stands. `pending`: the plan wants another value than the recorded one, the host has the recorded one.
 * `drifted`: the host has another value than the recorded one. `both`: both changed. `vanished`: the file or the item is gone.
 * `metadata`: mode or owner of the file differ, which no plan declares. `unknown`: it could not be read.
 */
export type DriftState =
  | 'in-sync'
  | 'pending'
  | 'drifted'
  | 'both'
  | 'vanished'
  | 'metadata'
  | 'unknown';

/** An owned item of a file, or the file's mode or owner (then without `owner`). */
export interface DriftItem {
  readonly key: ItemKey;
  /** Short name for people: `--audit-log-path`, `content`, `mode`. */
  readonly label: string;
  readonly owner?: ItemOwner;
  readonly state: DriftState;
  /** Absent: never recorded. */
  readonly recorded?: ItemValue;
  /** Absent: cannot be told. */
  readonly live?: ItemValue;
  /** Absent: no plan file tells. */
  readonly desired?: ItemValue;
  /** Its plan is here and does not declare it any more. */
  readonly undeclared?: true;
  /** It drifted, and a rule of the workspace says that this is no drift. */
  readonly ignored?: { readonly reason: string; readonly until: string | null };
}

/** A name that led to a managed file when that was recorded, and leads to another now. */
export interface LedElsewhere {
  /** The recorded path itself, or the name that plans use for it. */
  readonly name: HostPath;
  readonly was: HostPath;
  readonly now: HostPath;
}

export interface DriftFile {
  readonly path: HostPath;
  readonly kind: KindName;
  readonly items: readonly DriftItem[];
  /** Every owned item is as recorded, but other bytes of the file are not: somebody edited other lines. */
  readonly otherLines: boolean;
  /** Why items in it cannot be told, in a sentence. */
  readonly problem: string | null;
  /** What drifted in it did because the whole file is gone. */
  readonly gone?: true;
  /** Its path, or the name that plans use, leads to another file now. */
  readonly led?: LedElsewhere;
  /** The open run whose bytes the file has: they are not recorded yet, but no drift. Its mode or owner may have drifted from that run's. */
  readonly openRun?: RunId;
  /** The open run that has still to settle it, although the file has other bytes than that run wrote. */
  readonly unsettled?: RunId;
}

/** Whether a state is a difference between record and host that somebody else made. */
export function isDrift({ state, ignored }: Pick<DriftItem, 'state' | 'ignored'>): boolean {
  if (ignored !== undefined) return false;
  return state === 'drifted' || state === 'both' || state === 'vanished' || state === 'metadata';
}

/** The open run whose file somebody edited, or changed in mode or owner, before it was settled. */
export function editedRun({ items, openRun, unsettled }: DriftFile): RunId | undefined {
  return unsettled ?? (items.some(isDrift) ? openRun : undefined);
}
