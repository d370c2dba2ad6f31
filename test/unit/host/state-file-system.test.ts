import { expect, test } from 'vitest';
import {
  judgeStateFileSystem,
  requireDependableState,
} from '../../../src/host/state-file-system.ts';
import { errorOf } from './diagnostics-of.ts';

test.each([
  [0x6969, 'refused'],
  [0xff534d42, 'refused'],
  [0xff534d42 | 0, 'refused'],
  [0x1021994, 'doubtful'],
  [0x794c7630, 'doubtful'],
  [0xef53, 'fine'],
])('file system type %i is %s', (type, verdict) => {
  expect(judgeStateFileSystem(type).verdict).toBe(verdict);
});

/** Only /var exists, and is NFS. */
function typeOf(path: string): number {
  if (path !== '/var') throw new Error('no such directory');
  return 0x6969;
}

test('a state directory that is still to be made is judged by the nearest one above', async () => {
  const error = await errorOf(() => requireDependableState('/var/lib/setpoint', typeOf));
  expect([error.exitCode, error.message.includes('SP6065')]).toEqual([1, true]);
  expect(() => requireDependableState('/var/lib/setpoint', () => 0xef53)).not.toThrow();
});
