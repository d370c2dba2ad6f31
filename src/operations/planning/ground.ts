import type { Root } from '../../host/ports.ts';
import type { NotObserved } from '../../model/change-set.ts';
import type { ResolvedPlan } from '../../model/plan-file.ts';
import type { PlanRecord, RecordedState } from '../../model/recorded-state.ts';

/** What planning reads of a host. */
export type Look = Pick<Root, 'observe' | 'list' | 'lookAt'>;

/** Where planning looks, and what can be planned there. */
export interface Ground {
  readonly look: Look;
  readonly plans: readonly ResolvedPlan[];
  /** Plans that are gone and can give back what they own. */
  readonly released: readonly PlanRecord[];
  readonly recorded: RecordedState;
  /** What plans declare or own and nobody has seen; it is in none of the above. */
  readonly notObserved: readonly NotObserved[];
  /** How many items had drifted when the host was recorded; absent where the host itself is looked at. */
  readonly drifted?: number;
}
