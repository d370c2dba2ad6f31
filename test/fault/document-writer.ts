/**
 * One of many processes that add entries of their own to one document: `node document-writer.mjs ROOT PATH NAME ENTRIES write|update`.
 * `write` reads, adds and writes if it is the version that it read, and tries again where it lost that race; `update` does it under the lock.
 * Prints how often it had to try again.
 */
import { SetpointError } from '../../src/diagnostics/setpoint-error.ts';
import type { Millis } from '../../src/model/brand.ts';
import type { JsonObject, JsonValue } from '../../src/model/item.ts';
import { EXIT } from '../../src/model/outcome.ts';
import { openSession } from '../../src/operations/open-session.ts';
import { readDocument } from '../../src/operations/read-document.ts';
import { updateDocument } from '../../src/operations/update-document.ts';
import { writeDocument } from '../../src/operations/write-document.ts';
import { pauseAfter } from './pause-after.ts';

const [root = '', path = '', name = '', entries = '1', mode = 'write'] = process.argv.slice(2);
const session = await openSession({
  root,
  host: 'cp-1',
  cwd: '/',
  env: { PATH: process.env['PATH'] },
  actor: name,
  lockTimeout: 120_000 as Millis,
});
let again = 0;

for (let i = 0; i < Number(entries); i += 1) {
  if (mode === 'update') await updateDocument(session, path, (held) => withEntry(held, i));
  else {
    for (let lost = 1; !(await wrote(i)); lost += 1) {
      again += 1;
      await session.host.clock.sleep(pauseAfter(lost) as Millis);
    }
  }
}
process.stdout.write(String(again));

/** False: somebody else was first, and nothing was written. */
async function wrote(i: number): Promise<boolean> {
  const { data, version } = await readDocument(session, path);
  try {
    await writeDocument(session, path, withEntry(data, i), { ifVersion: version });
    return true;
  } catch (error) {
    if (error instanceof SetpointError && error.exitCode === EXIT.stale) return false;
    throw error;
  }
}

function withEntry(held: JsonValue, i: number): JsonValue {
  return { ...(held as JsonObject | null), [`${name}-${String(i)}`]: i };
}
