import type { WorkspaceConfig } from '../../model/plan-file.ts';
import type { IgnoreRules } from '../../plan/drift/ignore-rules.ts';
import type { Session } from '../session.ts';

/** The day that rules are asked for, UTC. */
export function todayOf({ host }: Session): string {
  return host.clock.now().toISOString().slice(0, 10);
}

/** The ignore rules of a workspace, as they are on one day: those that ended ignore nothing. */
export function ignoreRulesOn({ name, drift }: WorkspaceConfig, today: string): IgnoreRules {
  return { workspace: name, rules: drift.ignore, today };
}
