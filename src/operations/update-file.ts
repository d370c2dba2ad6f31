import { writeOne, type WrittenFile } from '../apply/files/write-one.ts';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import type { HostPath } from '../model/brand.ts';
import { EXIT } from '../model/outcome.ts';
import { shown } from './library/check-arguments.ts';
import type { Session } from './session.ts';

export type { WrittenFile };

/** Permission bits of a file that did not exist. */
const NEW_MODE = 0o644;

/**
 * Reads a file, lets `edit` make its new content and replaces it whole, all under the lock of its path: of any number of
 * processes that do this at once, none loses its write. `edit` gets `null` for a file that does not exist and removes it by
 * returning `null`; what it throws is passed on and nothing is written. Mode, owner and extended attributes stay; a symbolic
 * link stays one. `path` is absolute, inside the root of the session. Waits as long as the session's lock timeout.
 * Errors: SetpointError SP6080, SP4260 (exit 5), SP4262, SP601x, SP6066 (exit 1), SP4263 (exit 6).
 */
export async function updateFile(
  session: Session,
  path: string,
  edit: (bytes: Uint8Array | null) => Uint8Array | null,
): Promise<WrittenFile> {
  return writeOne(session.host, path as HostPath, session.options.lockTimeout, (found) => {
    const bytes = edit(found.exists ? found.bytes : null);
    if (bytes === null) return { exists: false };
    if (!(bytes instanceof Uint8Array)) throw notBytes(bytes);
    return { exists: true, bytes, mode: found.exists ? found.mode : NEW_MODE };
  });
}

/** For callers without types. SP9013, exit 64. */
function notBytes(value: unknown): SetpointError {
  const message = `updateFile: edit must return a Uint8Array or null, not ${shown(value)}`;
  const help = 'return Buffer.from(text) for a text';
  return new SetpointError(EXIT.usage, [{ code: 'SP9013', severity: 'error', message, help }]);
}
