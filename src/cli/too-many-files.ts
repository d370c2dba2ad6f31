import { readFileSync } from 'node:fs';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { EXIT } from '../model/outcome.ts';

/** SP6017 for an error that only says how few files this process, or the machine, may open; null for any other. */
export function tooManyFiles(error: unknown): SetpointError | null {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = 'code' in at ? at.code : undefined;
    if (code === 'EMFILE') return refusal(`${ownLimit()} is too low`, OWN_HELP);
    if (code === 'ENFILE') return refusal('the machine has no more of them', MACHINE_HELP);
  }
  return null;
}

const OWN_HELP =
  'raise it where setpoint is started: `ulimit -n 1024` (in a systemd unit: LimitNOFILE=1024)';
const MACHINE_HELP = 'look at `cat /proc/sys/fs/file-nr`, and at who has so many files open';

function ownLimit(): string {
  try {
    const [, soft] =
      /^Max open files +(\d+)/mu.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    if (soft !== undefined) return `the limit of ${soft} open files`;
  } catch {
    // To read it takes a file, too.
  }
  return 'the limit of open files (ulimit -n)';
}

function refusal(why: string, help: string): SetpointError {
  const message = `too many open files: ${why}`;
  const open = 'if a run was open, setpoint recover settles it';
  return new SetpointError(EXIT.failed, [
    { code: 'SP6017', severity: 'error', message, help: `${help}; ${open}` },
  ]);
}
