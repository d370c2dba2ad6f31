import { expect, it } from 'vitest';
import type { HostPath, RunId } from '../../../../src/model/brand.ts';
import { sha256 } from '../../../../src/model/canonical-json.ts';
import type { FileState } from '../../../../src/model/file-image.ts';
import type { ManagedFile } from '../../../../src/model/recorded-state.ts';
import { compareByDigest } from '../../../../src/plan/drift/by-digest.ts';

const [APPLIED, EDITED] = ['level = 1\n', 'level = 9\n'].map((text) => sha256(Buffer.from(text)));
const STATE = { sha256: APPLIED, size: 10, mode: 0o600, uid: 0, gid: 0 } as FileState;
const OWNER = { workspace: 'w', plan: 'p', resource: 'r' };

function item(label: string, applied: string | undefined) {
  return { owner: OWNER, label, before: {}, applied, run: 'R', sequence: 0 };
}

function managed(items: Readonly<Record<string, unknown>>): ManagedFile {
  return {
    formatVersion: 1,
    path: '/etc/key' as HostPath,
    kind: 'file',
    record: 'digest',
    linkText: null,
    state: STATE,
    lastRun: 'R' as RunId,
    original: { state: null, pristine: true },
    items: items as ManagedFile['items'],
  };
}

it.each([
  ['nothing', {}, []],
  ['the content', { sha256: EDITED }, ['content drifted']],
  ['the mode, which the plan declares', { mode: 0o644 }, ['mode drifted']],
  ['the owner', { uid: 7 }, ['owner metadata']],
  ['all of them', { sha256: EDITED, mode: 0o644, gid: 7 }, ['content', 'mode', 'owner']],
])('of a file without a copy differs %s', (_title, change, expected) => {
  const file = managed({ content: item('content', APPLIED), mode: item('mode', '0600') });
  const { items } = compareByDigest(file, { ...STATE, ...change } as FileState);
  const told = items.filter(({ state }) => state !== 'in-sync');
  const words = told.map(({ label, state }) => `${label} ${state}`);
  expect(words).toEqual(expected.map((word) => expect.stringContaining(word)));
});

it('a mode that no plan declares is told as what a run left', () => {
  const file = managed({ content: item('content', APPLIED) });
  expect(compareByDigest(file, { ...STATE, mode: 0o644 }).items.at(-1)).toMatchObject({
    label: 'mode',
    state: 'metadata',
    recorded: '0600',
    live: '0644',
  });
});
