import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import type { PlanName } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';

/** Throws SP3041 (exit 64) for every name that is no plan of this host, with the nearest one. */
export function requireKnown(wanted: readonly PlanName[], names: readonly PlanName[]): void {
  const unknown = wanted.filter((name) => !names.includes(name));
  if (unknown.length === 0) return;
  throw new SetpointError(
    EXIT.usage,
    unknown.map((name) => {
      const nearest = didYouMean(name, names);
      return {
        code: 'SP3041' as const,
        severity: 'error' as const,
        message: `no plan ${name} for this host`,
        help:
          nearest === null
            ? `plans here: ${names.join(', ') || 'none'}`
            : `did you mean ${nearest}?`,
      };
    }),
  );
}
