/** What status, locks and recover tell about open runs. Plain JSON, stable. */
import type { HostPath, Millis, PlanName, RealPath, RunId } from '../model/brand.ts';
import type { SettleChoice } from '../model/outcome.ts';

/** The living process that holds the run lock, in its own words; pid 0 when those cannot be read. */
export interface LockHolderTold {
  readonly pid: number;
  readonly command: string;
  readonly run: string | null;
  readonly since: string;
}

export interface OpenRunTold {
  readonly run: RunId;
  readonly plan: PlanName;
  readonly state: string;
  /** Files that nothing may be applied to before a person settled the run. */
  readonly blocks: readonly HostPath[];
  /** For `awaiting-confirmation`: when it is taken back (ISO 8601), and in how many milliseconds. */
  readonly confirm?: { readonly until: string; readonly left: Millis };
}

/** What `recover` would do with a run that nobody works on. */
export interface RecoveryProspect {
  /** `clean-up`: nothing was changed yet; `carry-out`: a person's choice was cut off. */
  readonly would: 'clean-up' | 'keep' | 'take-back' | 'carry-out';
  readonly choice?: SettleChoice;
  readonly files: readonly {
    readonly path: HostPath;
    readonly standing: 'old' | 'new' | 'torn' | 'foreign' | 'unreadable';
  }[];
  /** Commands that run again on the old files, as words. */
  readonly actions: readonly (readonly string[])[];
  /** Stage directories that would be removed. */
  readonly removes: readonly RealPath[];
  /** Why taking the run back would fail as things are; then no file is put back, and a person is asked. */
  readonly stuck: readonly string[];
}
