import type { DecisionKind } from '../journal/decision-kind.ts';
import type { Ending } from './ending.ts';
import type { RevertCause } from './states.ts';

/** What is to be done next; `run/drive-run.ts` does it. */
export type RunAction =
  | { readonly do: 'check-before' }
  | { readonly do: 'prepare' }
  | { readonly do: 'stage' }
  | { readonly do: 'commit' }
  | { readonly do: 'install'; readonly step: number }
  | { readonly do: 'act'; readonly step: number }
  | { readonly do: 'check-step'; readonly step: number }
  | { readonly do: 'check-plan' }
  | { readonly do: 'audit' }
  | { readonly do: 'confirm-files' }
  | { readonly do: 'decide'; readonly decision: DecisionKind; readonly cause: RevertCause | null }
  | { readonly do: 'propose' }
  | { readonly do: 'await-confirmation' }
  | { readonly do: 'finish' }
  | { readonly do: 'record-kept' }
  | { readonly do: 'await-observed' }
  | { readonly do: 'restore' }
  | { readonly do: 'act-again' }
  | { readonly do: 'check-revert' }
  | { readonly do: 'renew'; readonly failure: string }
  | { readonly do: 'record-reverted' }
  | { readonly do: 'close'; readonly ending: Ending }
  | { readonly do: 'mark-failed'; readonly reason: string }
  | { readonly do: 'abandon'; readonly ending: Ending }
  | { readonly do: 'end'; readonly ending: Ending };

/** `red`: health was not proven. `conflict`: someone else changed a file. `failed`: the machine said no. */
export type ActionResult =
  /** `note`: what has to be said beside the reason that the run has already, if it has one. */
  | { readonly is: 'done'; readonly note?: string }
  | { readonly is: 'decided'; readonly decision: DecisionKind; readonly reason: string | null }
  | Trouble;

export type Trouble =
  | { readonly is: 'red'; readonly reason: string }
  | { readonly is: 'conflict'; readonly reason: string }
  | { readonly is: 'failed'; readonly reason: string }
  | { readonly is: 'aborted'; readonly reason: string };
