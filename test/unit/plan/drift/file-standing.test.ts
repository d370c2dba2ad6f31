import { expect, it } from 'vitest';
import type { DriftFile, DriftItem } from '../../../../src/model/drift.ts';
import { fileStanding } from '../../../../src/plan/drift/file-standing.ts';

const IGNORED = { reason: 'known', until: null };

function standing(items: readonly Partial<DriftItem>[], more: Partial<DriftFile> = {}): string {
  return fileStanding({ items, otherLines: false, ...more } as DriftFile);
}

it.each<[string, readonly Partial<DriftItem>[], Partial<DriftFile>, string]>([
  ['nothing differs', [{ state: 'in-sync' }, { state: 'pending' }], {}, 'in-sync'],
  ['one item drifted', [{ state: 'in-sync' }, { state: 'both' }], {}, 'drifted'],
  ['a flag is gone', [{ state: 'vanished' }], {}, 'drifted'],
  ['the file is gone', [{ state: 'vanished' }], { gone: true }, 'vanished'],
  ['only the mode', [{ state: 'in-sync' }, { state: 'metadata' }], {}, 'metadata'],
  ['mode and an item', [{ state: 'drifted' }, { state: 'metadata' }], {}, 'drifted'],
  ['it cannot be read', [{ state: 'unknown' }], {}, 'unknown'],
  ['a part can be read, and drifted', [{ state: 'unknown' }, { state: 'drifted' }], {}, 'drifted'],
  ['a rule names it', [{ state: 'drifted', ignored: IGNORED }], {}, 'ignored'],
  ['as an open run wrote it', [{ state: 'pending' }], { openRun: 'R' as never }, 'open-run'],
  ['other lines', [{ state: 'in-sync' }], { otherLines: true }, 'other-lines'],
])('a file stands as its items say: %s', (_title, items, more, expected) => {
  expect(standing(items, more)).toBe(expected);
});
