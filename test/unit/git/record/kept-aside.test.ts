import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backupsOf } from '../../../../src/host/backups/backup-paths.ts';
import { listObjects, objectPath } from '../../../../src/host/backups/object-store.ts';
import { sha256 } from '../../../../src/model/canonical-json.ts';
import type { HostPath, RealPath } from '../../../../src/model/brand.ts';
import type { RecordRule } from '../../../../src/model/plan-file.ts';
import type { StateChange } from '../../../../src/model/state-change.ts';
import { plainGit, scratchDirectory } from '../scratch.ts';
import { bytes, commitChange, managed, newState } from '../state-samples.ts';

const PATH = '/etc/app/tls.key' as HostPath;

/** The file as it is, with the content from before management. */
function recorded(record: RecordRule, content: string, original?: string): StateChange {
  const file = managed(PATH, content);
  const before = { ...file.state!, sha256: sha256(bytes('before\n')) };
  const kept = { ...file, record, original: { state: before, pristine: true } };
  const copies = original === undefined ? {} : { original: bytes(original) };
  return { files: [{ path: PATH, managed: kept, copy: bytes(content), ...copies }], plans: [] };
}

function text(contents: ReadonlyMap<HostPath, Uint8Array>): string | null {
  const found = contents.get(PATH);
  return found === undefined ? null : Buffer.from(found).toString();
}

test.each(['items', 'digest'] as const)(
  'by the rule %s no tree has a copy, whatever is given; the host has both contents, 0600',
  async (rule) => {
    const stateDir = scratchDirectory();
    const state = newState({ stateDir });
    const head = await commitChange(state, recorded(rule, 'now\n', 'before\n'));
    expect([await state.copyOf(PATH), await state.originalOf(PATH)]).toEqual([null, null]);
    const names = plainGit(join(stateDir, 'state.git'), 'ls-tree', '-r', '--name-only', head);
    expect(names).not.toMatch(/^(files|original)\//m);
    expect(text(await state.contents([PATH]))).toBe('now\n');
    expect(text(await state.originalContents([PATH], head))).toBe('before\n');
    const store = backupsOf(stateDir as RealPath);
    for (const { sha256: name } of listObjects(store)) {
      expect(statSync(objectPath(store, name)).mode & 0o777).toBe(0o600);
    }
  },
);

test('a copy that leaves git comes to the store first, and one that comes back is in git again', async () => {
  const state = newState();
  const full = await commitChange(state, recorded('full', 'one\n', 'before\n'));
  const hidden = await commitChange(state, recorded('digest', 'two\n'), full);
  expect(await state.originalOf(PATH)).toBeNull();
  expect(text(await state.originalContents([PATH]))).toBe('before\n');
  // An earlier record still has its own copies.
  expect(text(await state.contents([PATH], full))).toBe('one\n');
  await commitChange(state, recorded('full', 'two\n', 'before\n'), hidden);
  expect(text(await state.originals([PATH]))).toBe('before\n');
});

test('a content that is lost or damaged in the store is none', async () => {
  const stateDir = scratchDirectory();
  const state = newState({ stateDir });
  await commitChange(state, recorded('digest', 'now\n', 'before\n'));
  const store = backupsOf(stateDir as RealPath);
  const at = (content: string) => objectPath(store, sha256(bytes(content)));
  writeFileSync(at('now\n'), 'setpoint-object 1 raw 4\nNOW\n');
  rmSync(at('before\n'));
  expect(text(await state.contents([PATH]))).toBeNull();
  expect(text(await state.originalContents([PATH]))).toBeNull();
});
