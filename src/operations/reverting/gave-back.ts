import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { EXIT } from '../../model/outcome.ts';
import type { KeptRun } from './kept-run.ts';

/** What decides how files come back that a run gave back. */
export interface GivenBack {
  readonly paths: readonly string[];
  /** The plan is recorded, though it owns nothing in them: its plan file was not removed. */
  readonly planStays: boolean;
  /** There is a whole backup of the run. */
  readonly whole: boolean;
}

/**
 * Files that nobody manages since the run cannot be taken back by item: SP4272 (exit 7), with what manages them again. What a revert gave
 * back no commit removed: its plan wants it, and is held. A backup would put what the plan wrote in the place of the original.
 */
export function gaveBack(
  { run, restored }: Pick<KeptRun, 'run' | 'restored'>,
  { paths, planStays, whole }: GivenBack,
): SetpointError {
  const content = `; or, for their content alone, which nobody manages then: setpoint backup restore ${run}`;
  const help =
    restored && planStays
      ? 'Its plan still wants them and manages them again with: setpoint apply --retry-held --reason TEXT'
      : `git revert the commit that removed them from the plans and apply${whole && !restored ? content : ''}`;
  const message = `run ${run} gave back what nobody manages any more: ${paths.join(', ')}`;
  return new SetpointError(EXIT.refused, [{ code: 'SP4272', severity: 'error', message, help }]);
}
