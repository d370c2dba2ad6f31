import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { ChangeSet } from '../../model/change-set.ts';
import { EXIT } from '../../model/outcome.ts';
import type { ApplyOptions } from './apply-options.ts';

/**
 * Throws (exit 64) when `--confirm-within` cannot be kept: SP4245 when several plans would write, because a person confirms one
 * run; SP4246 when no guardian is there to wait.
 */
export function requireConfirmable(
  set: ChangeSet,
  options: Pick<ApplyOptions, 'confirmWithin' | 'guardian'>,
): void {
  if (options.confirmWithin === undefined) return;
  requireWaiter(options);
  const writing = set.parts.filter((part) => part.files.some(({ write }) => write));
  if (writing.length > 1) {
    const plans = writing.map(({ plan }) => plan).join(', ');
    throw new SetpointError(EXIT.usage, [
      {
        code: 'SP4245',
        severity: 'error',
        message: `--confirm-within is for one plan, but ${String(writing.length)} would change the host: ${plans}`,
        help: 'name one of them: setpoint apply PLAN --confirm-within …',
      },
    ]);
  }
}

/** Throws SP4246 (exit 64), also where nothing would be written: what is asked for cannot be. */
export function requireWaiter({
  confirmWithin,
  guardian,
}: Pick<ApplyOptions, 'confirmWithin' | 'guardian'>): void {
  if (confirmWithin === undefined || guardian) return;
  throw new SetpointError(EXIT.usage, [
    {
      code: 'SP4246',
      severity: 'error',
      message: '--confirm-within needs the guardian: it is what waits and takes the change back',
      help: 'leave out --no-guardian',
    },
  ]);
}
