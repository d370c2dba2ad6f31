import type { Kind } from '../../kinds/kind.ts';
import type { Looked, Schemas } from '../../kinds/surroundings.ts';
import type { HostName, HostPath, PlanName, RunId, WorkspaceName } from '../../model/brand.ts';
import type { PlanPart } from '../../model/change-set.ts';
import type { FileImage, NewFile, ObservedFile } from '../../model/file-image.ts';
import type { GateDefaults, KindName, ResolvedPlan } from '../../model/plan-file.ts';
import type { PlanRecord, RecordedState } from '../../model/recorded-state.ts';

/** Everything the planner knows. It is pure: the same input gives the same change set, byte for byte. */
export interface PlannerInput {
  readonly host: HostName;
  readonly workspace: WorkspaceName;
  /** Plans that match this host, in execution order; also those outside `scope` (they own items). */
  readonly plans: readonly ResolvedPlan[];
  /** Empty = all plans and all of `released`; otherwise only those named. */
  readonly scope: readonly PlanName[];
  /** Recorded plans of this workspace that are proven gone (deleted, or their hosts no longer match). */
  readonly released: readonly PlanRecord[];
  readonly recorded: RecordedState;
  /** Plans to be recorded anew although nothing else is to be done; absent: none. */
  readonly rerecorded?: ReadonlySet<PlanName>;
  /** Plans that may take back what no restored file does; absent: none. */
  readonly acknowledged?: readonly PlanName[] | undefined;
  /** By declared path: every path that a plan declares or that a released or trimmed plan owns. */
  readonly observed: ReadonlyMap<HostPath, ObservedFile>;
  /** What is at other paths that kinds look at; absent: nobody looked. */
  readonly looked?: ReadonlyMap<HostPath, Looked>;
  /** Of the schemas that plans name; absent: none was compiled. */
  readonly schemas?: Schemas;
  /** Bytes from before management, for files that may be released. */
  readonly originals: ReadonlyMap<HostPath, Uint8Array>;
  /** Last kept run of paths that are not managed (any more). */
  readonly formerRuns: ReadonlyMap<HostPath, RunId>;
  /** Owner of files that do not exist yet. */
  readonly newOwner: { readonly uid: number; readonly gid: number };
  /** Of files that do not exist yet and are to be somebody else's, by path; absent: none. */
  readonly newFiles?: ReadonlyMap<HostPath, NewFile>;
  /** Files that only a program of the host writes, as if in place; absent: none. */
  readonly registers?: ReadonlySet<HostPath>;
  /** Pace of derived gates. */
  readonly gateDefaults: GateDefaults;
  readonly kindOf: (name: KindName) => Kind;
}

/** A plan part with the bytes it was computed from; bytes stay out of the change set except as splices. */
export interface PlannedPart {
  readonly part: PlanPart;
  readonly images: ReadonlyMap<HostPath, ImagePair>;
}

export interface ImagePair {
  readonly before: FileImage;
  readonly after: FileImage;
}
