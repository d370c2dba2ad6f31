import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { CheckResult } from '../model/check.ts';

/** One diagnostic per red gate (SP4101) or audit (SP4107), ready for a SetpointError. */
export function redCheckDiagnostics(results: readonly CheckResult[]): readonly Diagnostic[] {
  return results
    .filter((result) => result.verdict === 'red')
    .map((result) => ({
      code: result.phase === 'audit' ? 'SP4107' : 'SP4101',
      severity: 'error',
      message:
        result.phase === 'audit'
          ? `audit ${result.id} is red: ${result.detail}`
          : `gate ${result.id} is red ${WHEN[result.phase]}: ${result.detail}`,
    }));
}

const WHEN = {
  before: 'before the change',
  after: 'after the change',
  revert: 'after the revert',
} as const;
