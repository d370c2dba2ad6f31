/** Result shapes of `--branch` and `--revert-branch`. Plain JSON, stable. */
import type { CommitId } from '../../model/brand.ts';

/** The branch of the workspace that takes a plan change back. */
export interface RevertBranch {
  readonly name: string;
  /** Its one commit; null: the workspace is as before the run already, there is no branch. */
  readonly commit: CommitId | null;
  /** The commit that it stands on: the tip of the checkout. */
  readonly onto: CommitId;
  /** Of the repository's top, in order. */
  readonly files: readonly BranchFile[];
  /** False: the same branch was there. */
  readonly created: boolean;
  /** The remote that has it now. */
  readonly pushed: string | null;
  /** The remote that it was to be pushed to, where that failed. */
  readonly remote?: string;
}

export interface BranchFile {
  readonly path: string;
  /** `restored`: as before the run; `merged`: so, with later edits of other lines; `recreated`, `deleted`: it was deleted or new. */
  readonly change: 'restored' | 'merged' | 'recreated' | 'deleted';
}
