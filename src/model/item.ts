import type { HostPath, ItemKey, PlanName, ResourceId, RunId, WorkspaceName } from './brand.ts';

/** Canonical text of an item's value; `null` means absent. Equality is decided by the kind, by type (`60s` = `1m0s`). */
export type ItemValue = string | null;

/** JSON that only the kind that wrote it understands. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };
export type JsonObject = { readonly [key: string]: JsonValue };

/** Where in a plan file something was declared. Lines and columns start at 1. */
export interface SourceSpot {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing a resource wants. */
export interface DesiredItem {
  readonly key: ItemKey;
  readonly value: ItemValue;
  /** Short name for people, e.g. `--audit-log-path`. */
  readonly label: string;
  /** New bytes, for items whose value is a digest of content. */
  readonly bytes?: Uint8Array;
  /** Two plans may declare this item when they want the same value (elements of list flags). */
  readonly shareable?: boolean;
}

/** One thing as it is on the host, with what a later release needs to put it back (`before`, opaque to all but the kind). */
export interface LiveItem {
  readonly value: ItemValue;
  readonly before: JsonObject;
}

export interface ItemOwner {
  readonly workspace: WorkspaceName;
  readonly plan: PlanName;
  readonly resource: ResourceId;
}

/** An item as recorded in git. */
export interface RecordedItem {
  readonly owner: ItemOwner;
  readonly label: string;
  readonly before: JsonObject;
  /** The value last applied. */
  readonly applied: ItemValue;
  readonly run: RunId;
  /** Grows with every recording on this host: releases run in reverse order of it. */
  readonly sequence: number;
}

export type ItemAction =
  /** Written: was absent. */
  | 'add'
  /** Written: had another value. */
  | 'change'
  /** Written: desired is absent. */
  | 'remove'
  /** Already right, becomes ours; nothing is written. */
  | 'adopt'
  /** Owned by another plan of this workspace that no longer declares it; nothing is written. */
  | 'move'
  /** No longer declared, live is what we applied: the earlier text returns. */
  | 'release'
  /** No longer declared, live differs from what we applied: only forgotten. */
  | 'forget'
  /** Live already equals a newly desired value: recorded state follows; nothing is written. */
  | 'record';

/** Why an item is written: the plan changed, the host changed, or both. */
export type ChangeCause = 'pending' | 'drifted' | 'both';

export interface ItemChange {
  readonly action: ItemAction;
  readonly resource: ResourceId;
  readonly path: HostPath;
  readonly key: ItemKey;
  readonly label: string;
  readonly cause: ChangeCause;
  /** `undefined` when never recorded. */
  readonly recorded?: ItemValue;
  readonly live: ItemValue;
  readonly desired: ItemValue;
  /** What state keeps for a later release; for release and forget: what it kept. */
  readonly before: JsonObject;
  readonly movedFrom?: PlanName;
}

/** Whether an action writes to the host (the others only change recorded state). */
export function writes(action: ItemAction): boolean {
  return action === 'add' || action === 'change' || action === 'remove' || action === 'release';
}
