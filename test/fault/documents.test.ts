/** Documents that many processes write at once. The full size: `full/documents.test.ts`. */
import { expect, test } from 'vitest';
import { writeTogether } from './document-writers.ts';

test('3 processes that add 10 entries each to one document lose none; each write succeeds or says that it has to be tried again', async () => {
  const { failed, lost, leftOver } = await writeTogether({
    processes: 3,
    entries: 10,
    mode: 'mixed',
  });
  expect({ failed, lost, leftOver }).toEqual({ failed: [], lost: [], leftOver: [] });
});
