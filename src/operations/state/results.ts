import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { StateRelation } from '../../git/remote/state-relation.ts';
import type {
  CommitId,
  HostName,
  HostPath,
  PlanName,
  RunId,
  WorkspaceName,
} from '../../model/brand.ts';
import type { FileState } from '../../model/file-image.ts';
import type { ExitCode, RunReport } from '../../model/outcome.ts';
import type { ManagedFile, PlanRecord } from '../../model/recorded-state.ts';

/** What is known of the remote without asking it. */
export interface RemoteTold {
  /** Without credentials. */
  readonly remote: string;
  /** At the remote. */
  readonly branch: string;
  /** Commits that it has not got, as far as is known here. */
  readonly notPushed: number;
  /** The last push found something there that the record here does not follow. */
  readonly blocked: boolean;
}

export interface StateListResult {
  readonly host: HostName;
  /** That the record of this host is elsewhere, or may be. */
  readonly warnings: readonly Diagnostic[];
  readonly hostId: string | null;
  readonly head: CommitId | null;
  readonly files: readonly {
    readonly path: HostPath;
    readonly kind: ManagedFile['kind'];
    readonly items: number;
    readonly owners: readonly { readonly workspace: WorkspaceName; readonly plan: PlanName }[];
    readonly lastRun: RunId;
    /** As last verified; null: verified absent. */
    readonly state: FileState | null;
  }[];
}

export interface StateShowResult {
  readonly host: HostName;
  readonly head: CommitId;
  readonly file: ManagedFile;
  /** Records of the plans that own a part of it. */
  readonly plans: readonly PlanRecord[];
  /** Whether copies of its content are recorded: as last verified, and from before management. */
  readonly copies: { readonly verified: boolean; readonly original: boolean };
  /** Of a file that is recorded without copies: which of these contents the backup store of this host has. */
  readonly aside?: { readonly verified: boolean; readonly original: boolean };
}

/**
 * What a pull, push or adopt did. `forwarded`: the record here was an older part of the remote's, which counts now; `joined`: one
 * record was put on top of both histories; `begun`: an empty record was put on top of the remote's history.
 */
export type Exchanged = 'nothing' | 'pushed' | 'pulled' | 'forwarded' | 'joined' | 'begun';

export interface StateExchangeResult {
  readonly host: HostName;
  readonly remote: string;
  readonly branch: string;
  readonly did: Exchanged;
  /** What is recorded here now. */
  readonly head: CommitId | null;
  /** Managed files in that record. */
  readonly files: number;
  /** Commits that the remote got. */
  readonly pushed: number;
  /** Runs of dead commands that had to be settled; then nothing else was done. */
  readonly recovered: readonly RunReport[];
  readonly problems: readonly Diagnostic[];
  readonly exitCode: ExitCode;
}

export interface StateVerifyResult {
  readonly host: HostName;
  readonly head: CommitId | null;
  readonly files: number;
  /** Commits by their signature; null: the history cannot be read. */
  readonly signatures: {
    readonly signed: number;
    readonly unsigned: number;
    /** They were held against `state.allowedSigners`; those that it does not accept are problems (SP5096). */
    readonly checked: boolean;
  } | null;
  /** Null: the workspace names no remote, or there is no workspace. */
  readonly remote: {
    readonly remote: string;
    readonly branch: string;
    readonly head: CommitId | null;
    /** Of the record here to the remote's; null when one of them is missing or the remote could not be asked. */
    readonly relation: StateRelation | null;
  } | null;
  readonly problems: readonly Diagnostic[];
  readonly exitCode: ExitCode;
}
