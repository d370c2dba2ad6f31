import { expect, it, vi } from 'vitest';
import * as yaml from 'yaml';
import { readDocument } from '../../../src/operations/read-document.ts';
import { updateDocument } from '../../../src/operations/update-document.ts';
import { writeDocument } from '../../../src/operations/write-document.ts';
import { libraryHost } from './library-session.ts';

vi.mock('yaml', async (original) => {
  const real = await original<typeof yaml>();
  return {
    ...real,
    parseAllDocuments: vi.fn<typeof yaml.parseAllDocuments>(real.parseAllDocuments),
  };
});

it('a write parses what it made, once, and what the session does not know', async () => {
  const host = await libraryHost();
  const { session } = host;
  const parses = vi.mocked(yaml.parseAllDocuments);
  host.write('/etc/a.yaml', 'a: 1 # one\n');
  const { version } = await readDocument(session, '/etc/a.yaml');
  expect(parses).toHaveBeenCalledTimes(1);
  await writeDocument(session, '/etc/a.yaml', { a: 2 }, { ifVersion: version });
  expect(parses).toHaveBeenCalledTimes(2);
  await updateDocument(session, '/etc/a.yaml', () => ({ a: 3 }));
  expect(parses).toHaveBeenCalledTimes(3);
  host.write('/etc/a.yaml', 'a: 3 # two\n');
  await updateDocument(session, '/etc/a.yaml', () => ({ a: 4 }));
  expect(parses).toHaveBeenCalledTimes(5);
});
