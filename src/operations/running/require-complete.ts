import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { EXIT } from '../../model/outcome.ts';
import type { ApplyOptions } from './apply-options.ts';

/** A set that says nothing about some files is for reading. Throws SP3033 (exit 6). */
export function requireComplete({ source }: Pick<ApplyOptions, 'source'>): void {
  const unseen = 'set' in source ? (source.set.meta.notObserved ?? []) : [];
  if (unseen.length === 0) return;
  const paths = [...new Set(unseen.map(({ path }) => path))].join(', ');
  throw new SetpointError(EXIT.stale, [
    {
      code: 'SP3033',
      severity: 'error',
      message: `the change set was planned from a record that does not have ${paths}: it is incomplete`,
      help: 'plan on the host and apply that: setpoint plan --out FILE',
    },
  ]);
}
