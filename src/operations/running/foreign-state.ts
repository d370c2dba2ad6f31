import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { foreignStateDirectory } from '../../host/foreign-state-directory.ts';
import type { Session } from '../session.ts';

/** SP6022 for root in the state directory of another user, whatever the command found to do there. */
export function foreignState({ host }: Session): readonly Diagnostic[] {
  const found = foreignStateDirectory(host.stateDir);
  return found === null ? [] : [{ code: 'SP6022', severity: 'warning', ...found }];
}
