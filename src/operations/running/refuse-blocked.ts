import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { ApplyOptions } from './apply-options.ts';
import type { Blocker } from '../planning/commit-guard.ts';
import type { ComputedSet } from '../planning/compute-change-set.ts';

type Waivers = Pick<
  ApplyOptions,
  'allowDirty' | 'allowDiverged' | 'retryHeld' | 'offline' | 'newHost'
>;

/** Throws when something forbids this apply and no option waives it: all reasons at once, exit 6 before 7. */
export function refuseBlocked(computed: ComputedSet, waivers: Waivers): void {
  const left = computed.blockers.filter((blocker) => !isWaived(blocker, waivers));
  if (left.length === 0) return;
  const exitCode = left.some((blocker) => blocker.exitCode === 6) ? 6 : 7;
  throw new SetpointError(
    exitCode,
    left.map(({ diagnostic }) => diagnostic),
  );
}

function isWaived(blocker: Blocker, waivers: Waivers): boolean {
  switch (blocker.waivedBy) {
    case 'allow-dirty':
      return waivers.allowDirty;
    case 'allow-diverged':
      return waivers.allowDiverged !== null;
    case 'retry-held':
      return waivers.retryHeld !== null;
    case 'offline':
      return waivers.offline;
    case 'new-host':
      return waivers.newHost === true;
    case null:
      return false;
    default:
      return blocker.waivedBy satisfies never;
  }
}
