import type { Diagnostic, Result } from '../diagnostics/diagnostic.ts';
import type { HostPath, ItemKey, RunId } from '../model/brand.ts';
import type { GateSpec, ProcessCheck } from '../model/check.ts';
import type { FileImage } from '../model/file-image.ts';
import type { DesiredItem, ItemValue, JsonObject, LiveItem } from '../model/item.ts';
import type { KindName, ResourceSpec } from '../model/plan-file.ts';
import type { HeldSchedule } from './held-schedule.ts';
import type { Declarer, Outcome, Reached } from './reach.ts';
import type { Circumstances } from './surroundings.ts';

/** One edit of one item. `restore` puts back what `before` describes; `original` is the whole file from before management. */
export type ItemEdit =
  | {
      readonly op: 'set';
      readonly item: DesiredItem;
      /** It is recorded as managed: what stands in its place is not somebody else's. Absent: it is not. */
      readonly ours?: boolean;
    }
  | {
      readonly op: 'restore';
      readonly key: ItemKey;
      readonly before: JsonObject;
      readonly original: FileImage | null;
    };

export interface Edited {
  readonly image: FileImage;
  readonly warnings: readonly Diagnostic[];
}

/**
 * A kind knows one file format: which items a resource wants, what a file holds, and how to change exactly those items.
 * Every function is pure and total: what cannot be done safely is a failed Result with SP2xxx diagnostics.
 */
export interface Kind<Spec extends ResourceSpec = ResourceSpec> {
  readonly name: KindName;
  /** The target's directory is watched by a consumer that would act on foreign names in it (kubelet). */
  readonly watched: boolean;
  /** Desired items of a resource given the file as it is (`null` container ⇒ the only one). */
  desired(spec: Spec, image: FileImage, path: HostPath): Result<readonly DesiredItem[]>;
  /** What the declaration alone tells: for conflicts between plans before a host is looked at. No container ⇒ `*`. */
  declared(spec: Spec): readonly DesiredItem[];
  /** Live value and restore information of each key; a missing key in the file is `{value: null}`. */
  observe(
    image: FileImage,
    keys: readonly ItemKey[],
    path: HostPath,
  ): Result<ReadonlyMap<ItemKey, LiveItem>>;
  /** Equality by type; a spelling difference is no difference. */
  same(key: ItemKey, a: ItemValue, b: ItemValue): boolean;
  /** The one value that satisfies two resources which share an item; `undefined` where none does. Absent: only the same value. */
  join?(key: ItemKey, a: ItemValue, b: ItemValue): ItemValue | undefined;
  /** Applies all edits and proves that nothing else changed. */
  edit(image: FileImage, edits: readonly ItemEdit[], path: HostPath): Result<Edited>;
  /** Gates that follow from the file itself, per phase, from the bytes meant to run (old for before/revert, new for after). */
  derivedGates(
    spec: Spec,
    before: FileImage,
    after: FileImage,
    path: HostPath,
  ): readonly GateSpec[];
  /**
   * What people have to know of the content that a resource leads to: errors refuse the plan, warnings go into it. Asked for
   * every declared file, also where nothing is to be written, and without a resource for a file that is only given back.
   */
  judge(
    spec: Spec | null,
    before: FileImage,
    after: FileImage,
    path: HostPath,
    around: Circumstances,
  ): readonly Diagnostic[];
  /** Other paths of the host that `judge` may ask about, given all that plans declare of the file as it is; they are not read. */
  looksAt(specs: readonly Spec[], image: FileImage, path: HostPath): readonly HostPath[];
  /**
   * What a whole change set takes from under a file's consumer: other files that it names, what it needs to see them. Asked once
   * for every managed file, also one that is not written, with its first and its last image, and all resources of it on this host.
   * Absent: its consumer names nothing.
   */
  judgeReach?(
    declarers: readonly Declarer<Spec>[],
    before: FileImage,
    after: FileImage,
    path: HostPath,
    outcome: Outcome,
  ): readonly Reached[];
  /**
   * The image with a mark of the run, so that its consumer takes it for another one than any before; proved that nothing else differs.
   * For a revert whose identical bytes do not come up. Absent: its consumers know no identity.
   */
  renew?(image: FileImage, run: RunId, path: HostPath): Result<FileImage>;
  /** Processes that the new image replaces, whatever gates a plan has. Absent: the kind knows none. */
  replaces?(before: FileImage, after: FileImage, path: HostPath): readonly ProcessCheck[];
  /**
   * The schedules of an image, by the item that a change of it is planned as: a plan shows when they fire before and after. Only for people:
   * what cannot be read is left out. Absent: its files hold none.
   */
  schedules?(
    spec: Spec | null,
    image: FileImage,
    path: HostPath,
  ): ReadonlyMap<ItemKey, HeldSchedule>;
  /** How many of the schedules of an image may run at once, as it says itself; null: it does not. Absent: its files cannot. */
  runsAtOnce?(spec: Spec | null, image: FileImage, path: HostPath): number | null;
  /** Whether the consumer is expected to restart between the two images. */
  restart(before: FileImage, after: FileImage): 'expected' | 'none' | 'not-applicable';
}
