import { expect, test } from 'vitest';
import type { HostPath, Millis } from '../../../src/model/brand.ts';
import { updateFile } from '../../../src/operations/update-file.ts';
import { libraryHost, refusal } from './library-session.ts';

const A = '/etc/app/a.conf';

test('a file whose path another writer has locked is neither read nor written', async () => {
  const host = await libraryHost();
  host.write(A, 'old\n', 0o640);
  const { session } = host;
  const held = await session.host.pathLocks.acquire([A as HostPath], 0 as Millis);
  const options = { ...session.options, lockTimeout: 0 as Millis };
  let asked = 0;
  const edit = (): Uint8Array => {
    asked += 1;
    return Buffer.from('new\n');
  };
  try {
    const refused = await refusal(updateFile({ ...session, options }, A, edit));
    expect(refused.exitCode).toBe(5);
  } finally {
    held.release();
  }
  expect([asked, host.files()]).toEqual([0, { [A]: 'old\n' }]);
  await updateFile({ ...session, options }, A, edit);
  expect(host.files()).toEqual({ [A]: 'new\n' });
});
