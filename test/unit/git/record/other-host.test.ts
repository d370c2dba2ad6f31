import { describe, expect, test } from 'vitest';
import { openStateRepository } from '../../../../src/git/record/state-repository.ts';
import type { StateRepository } from '../../../../src/git/record/state-repository.ts';
import type { HostName } from '../../../../src/model/brand.ts';
import { scratchDirectory } from '../scratch.ts';
import { change, commitChange, newState } from '../state-samples.ts';

function stateOf(host: string, stateDir: string): StateRepository {
  const searchPath = process.env['PATH'];
  return openStateRepository({
    stateDir,
    host: host as HostName,
    newHostId: () => 'id',
    searchPath,
  });
}

describe('a state directory that records another host name', () => {
  test('is refused by everything that reads the record, so that nothing is forgotten', async () => {
    const stateDir = scratchDirectory();
    await commitChange(newState({ stateDir }), change('/a'));
    const renamed = stateOf('cp-9', stateDir);
    const reads = [() => renamed.load(), () => renamed.log(5), () => renamed.verify()];
    for (const read of reads) {
      await expect(read()).rejects.toMatchObject({
        exitCode: 6,
        message: expect.stringMatching(/SP5016 .* belongs to host cp-1, not cp-9/),
        diagnostics: [
          expect.objectContaining({
            help: expect.stringMatching(/--host cp-1 .*plan --against=recorded$/),
          }),
        ],
      });
    }
  });

  test('is no such thing when a run of the former name died before its first commit', async () => {
    const stateDir = scratchDirectory();
    await newState({ stateDir }).prepare(null, change('/a'));
    expect(await stateOf('cp-9', stateDir).load()).toMatchObject({ head: null, hostId: '' });
  });

  test('may hold this host too', async () => {
    const stateDir = scratchDirectory();
    const first = await commitChange(newState({ stateDir }), change('/a'));
    const second = stateOf('cp-9', stateDir);
    await second.advance(first, null);
    expect(await second.head()).toBe(first);
  });
});
