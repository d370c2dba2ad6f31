import type { CommitId, HostName, HostPath, ItemKey, PlanName, RunId } from '../../model/brand.ts';
import type { ItemOwner, ItemValue } from '../../model/item.ts';
import type { ItemOrigin } from '../../plan/blame/value-before.ts';

/** `blame FILE|ADDRESS`. */
export interface BlameResult {
  readonly host: HostName;
  /** Items that are owned, by file and label. */
  readonly items: readonly BlamedItem[];
  /** Only when none is owned: items that were, each with the run that gave it up. */
  readonly released: readonly ReleasedItem[];
}

export interface BlamedItem extends ItemOrigin {
  readonly path: HostPath;
  readonly key: ItemKey;
  readonly label: string;
  readonly owner: ItemOwner;
  /** As last applied; `null` = absent. */
  readonly value: ItemValue;
  readonly by: BlamedRun;
  /** Of a value that was there already: the run that had recorded it before. */
  readonly earlier?: BlamedRun;
}

export interface ReleasedItem {
  readonly path: HostPath;
  readonly key: ItemKey;
  readonly label: string;
  /** Who owned it last. */
  readonly owner: ItemOwner;
  /** As last applied. */
  readonly value: ItemValue;
  /** The plan that owns it now, when it was not given back. */
  readonly movedTo?: PlanName;
  readonly by: BlamedRun;
}

/** A run, and what its commit says about it; `null` where that is not known. */
export interface BlamedRun {
  readonly run: RunId | null;
  readonly commit: CommitId | null;
  readonly at: string | null;
  readonly actor: string | null;
  readonly plan: PlanName | null;
  readonly planCommit: string | null;
}
