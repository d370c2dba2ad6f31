import type { Variables } from '../model/plan-file.ts';
import type { ValidateResult } from './results.ts';
import type { Session } from './session.ts';

export interface ValidateOptions {
  readonly vars: Variables;
}

/** Loads and validates the workspace's plan files for this host. Throws SetpointError (exit 65) with every problem. */
export function validateWorkspace(
  _session: Session,
  _options: ValidateOptions,
): Promise<ValidateResult> {
  throw new Error('under construction');
}
