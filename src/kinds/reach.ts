import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { HostPath, PlanName } from '../model/brand.ts';
import type { ResolvedResource, ResourceSpec } from '../model/plan-file.ts';
import type { SourceSpot } from '../model/item.ts';
import type { Present } from './surroundings.ts';

/** What becomes of a managed file between now and the end of a change set, or of a way back. */
export interface Fate {
  readonly does: 'deletes' | 'changes';
  /** Whose change it is. */
  readonly plan: PlanName;
  /** The resource that declares the file; absent: none does any more. */
  readonly at?: SourceSpot | undefined;
  /** A person said for that plan that it may take back what a restored file does not. */
  readonly acknowledged: boolean;
}

/** The host around a file once everything is done. */
export interface Outcome {
  at(path: HostPath): Present;
  /** `null`: it stays as it is, or nobody manages it. */
  fate(path: HostPath): Fate | null;
  acknowledged(plan: PlanName): boolean;
}

/** A resource of some plan that declares something of the file. */
export interface Declarer<Spec extends ResourceSpec = ResourceSpec> {
  readonly plan: PlanName;
  readonly resource: Pick<ResolvedResource, 'id' | 'at' | 'flagsAt'> & { readonly spec: Spec };
}

/** What is said, and of whose change; `null`: of the whole. */
export interface Reached {
  readonly plan: PlanName | null;
  readonly diagnostic: Diagnostic;
}
