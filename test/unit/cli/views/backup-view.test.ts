import { expect, test } from 'vitest';
import { backupListView } from '../../../../src/cli/views/backup-view.ts';

const VIEW = { color: false, width: 100, verbose: false };
const PATH = '/etc/app/app.conf';
const snapshot = { time: 'T', run: 'R', plan: 'p', operation: 'apply', files: [{ path: PATH }] };

test.each([
  [null, [], 'No backups on h.'],
  [PATH, [], `No backups of ${PATH} on h.`],
  [null, [snapshot], '1 backup on h.'],
  [PATH, [snapshot], `1 backup of ${PATH} on h.`],
])('a list of backups says whose they are: of %s', (path, snapshots, last) => {
  const text = backupListView({ host: 'h', snapshots, problems: [] } as never, VIEW, path);
  expect(text.split('\n').at(-1)).toBe(last);
});
