import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { WorkspaceConfig } from '../../model/plan-file.ts';
import { isExpired } from '../../plan/drift/ignore-rules.ts';

/** SP3071 for every rule of drift.ignore that is over. */
export function expiredRules(config: WorkspaceConfig | null, today: string): readonly Diagnostic[] {
  return (config?.drift.ignore ?? [])
    .filter((rule) => isExpired(rule, today))
    .map(({ path, item, until, reason, at }) => ({
      code: 'SP3071',
      severity: 'warning',
      message: `drift of ${path}${item === null ? '' : ` (${item})`} is no longer ignored since ${until} (${reason})`,
      at,
      help: 'remove the rule, or give it a later date',
    }));
}
