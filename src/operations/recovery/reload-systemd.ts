import type { Millis } from '../../model/brand.ts';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { runsSystemd } from '../../host/this-process.ts';
import { EXIT } from '../../model/outcome.ts';
import type { Session } from '../session.ts';

const TIMEOUT = 30_000 as Millis;

/** Whether the units of this session are those of the running systemd. */
export function isBootedHost({ host }: Session): boolean {
  return host.root.dir === '/' && host.newOwner.uid === 0 && runsSystemd();
}

/** Tells the running systemd about changed units; elsewhere nothing. Errors: SP6051 (exit 1). */
export async function reloadSystemd(session: Session): Promise<void> {
  if (!isBootedHost(session)) return;
  const options = { cwd: '/', timeout: TIMEOUT };
  const ran = await session.host.commands.run(['systemctl', 'daemon-reload'], options);
  if (ran.exitCode === 0) return;
  const reason = ran.spawnError ?? (ran.stderr.trim() || 'it did not end well');
  throw new SetpointError(EXIT.failed, [
    {
      code: 'SP6051',
      severity: 'error',
      message: `the boot units are written, but systemctl daemon-reload failed: ${reason}`,
      help: 'Run `systemctl daemon-reload`; the next boot reads them in any case.',
    },
  ]);
}
