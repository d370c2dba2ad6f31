import type { Ending } from './ending.ts';

/** What is true of a run so far. Who goes on with it, its process or recovery, needs no more than this. */
export type RunState =
  | { readonly at: 'begun' }
  | { readonly at: 'gated' }
  | { readonly at: 'prepared' }
  | { readonly at: 'staged' }
  /** Past the commit point; files before `step` are new and proven. */
  | { readonly at: 'committed'; readonly step: number }
  | { readonly at: 'written'; readonly step: number }
  | { readonly at: 'acted'; readonly step: number }
  | { readonly at: 'proven' }
  | { readonly at: 'plan-proven' }
  | { readonly at: 'audited' }
  | { readonly at: 'confirmed' }
  /** Proven, but a person has to confirm it; its applier ends, and a guardian is `awaiting` that. */
  | { readonly at: 'unconfirmed' }
  | { readonly at: 'awaiting' }
  | ({ readonly at: 'turning' } & RevertCause)
  | { readonly at: 'kept' }
  /** `reason`: what became of files that are not as they were to be. */
  | { readonly at: 'finished'; readonly reason: string | null }
  | { readonly at: 'reverting'; readonly reason: string }
  /** Whoever acts on the files has seen the new ones, or had the time for it. */
  | { readonly at: 'observed'; readonly reason: string }
  | { readonly at: 'restored'; readonly reason: string }
  | { readonly at: 'reacted'; readonly reason: string }
  /** The old files are back and did not come up: `failure` says what the gates found. */
  | { readonly at: 'renewing'; readonly reason: string; readonly failure: string }
  /** They have an identity that they never had, and a last chance. */
  | { readonly at: 'renewed'; readonly reason: string }
  | { readonly at: 'verified'; readonly reason: string }
  | { readonly at: 'recorded'; readonly ending: Ending }
  | { readonly at: 'failing'; readonly reason: string }
  | { readonly at: 'abandoning'; readonly ending: Ending }
  | { readonly at: 'ended'; readonly ending: Ending };

/** Why a run is taken back that nobody waits for any more. */
export const UNCONFIRMED = 'it was not confirmed, and the process that waited for it is gone';

export interface RevertCause {
  readonly reason: string;
  /** Gates, audits or actions failed: the plan is held until its inputs change. */
  readonly hold: boolean;
}
