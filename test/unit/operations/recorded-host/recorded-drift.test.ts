import { expect, it } from 'vitest';
import type { HostName, HostPath, WorkspaceName } from '../../../../src/model/brand.ts';
import { sha256 } from '../../../../src/model/canonical-json.ts';
import type { ManagedFile, RecordedState } from '../../../../src/model/recorded-state.ts';
import type { IgnoreRules } from '../../../../src/plan/drift/ignore-rules.ts';
import { recordedDrift } from '../../../../src/operations/recorded-host/recorded-drift.ts';
import { recordedRoot } from '../../../../src/operations/recorded-host/recorded-root.ts';

const LIVE = Buffer.from('edited\n');
const COPIES = new Map([['/a' as HostPath, LIVE]]);

/** Someone had edited its content when it was recorded. */
function edited(path: string): ManagedFile {
  const state = { sha256: sha256(LIVE), size: LIVE.length, mode: 0o644, uid: 0, gid: 0 };
  const owner = { workspace: 'platform', plan: 'app', resource: 'conf' };
  const applied = sha256(Buffer.from('applied\n'));
  const content = { owner, label: 'content', before: {}, applied, run: 'R', sequence: 1 };
  return { path, kind: 'file', state, edited: true, items: { content } } as unknown as ManagedFile;
}

function ignoring(path: string): IgnoreRules {
  const rule = { path, item: null, reason: 'theirs', until: null } as const;
  const workspace = 'platform' as WorkspaceName;
  return { workspace, rules: [rule], today: '2026-01-02' } as unknown as IgnoreRules;
}

/** `known`: contents that planning has. */
function drifted(
  files: readonly ManagedFile[],
  known: ReadonlyMap<HostPath, Uint8Array>,
  ignore = ignoring('/none'),
) {
  const recorded: RecordedState = {
    host: 'cp-1' as HostName,
    hostId: '',
    head: null,
    files: new Map(files.map((file) => [file.path, file])),
    plans: [],
  };
  const root = recordedRoot(recorded, known, { files: new Map(), copies: new Map() });
  return recordedDrift(root, recorded, COPIES, ignore);
}

it('what was edited when a host was recorded had drifted then', async () => {
  expect(await drifted([edited('/a')], COPIES)).toBe(1);
  expect(await drifted([], COPIES)).toBe(0);
});

it('a file that the record keeps no copy of is told by its digest, whatever plan files have', async () => {
  const known = new Map([...COPIES, ['/b' as HostPath, LIVE]]);
  expect(await drifted([edited('/a'), edited('/b')], known)).toBe(2);
  expect(await drifted([edited('/b')], COPIES)).toBe(1);
  expect(await drifted([edited('/b')], COPIES, ignoring('/b'))).toBe(0);
});

it('nothing is told of a file that could not be observed', async () => {
  const unobserved = { since: '2026-01-02T03:04:05Z', reason: 'a directory' };
  expect(await drifted([{ ...edited('/b'), unobserved }], COPIES)).toBe(0);
});

it('what a rule of the workspace ignores is not counted', async () => {
  expect(await drifted([edited('/a')], COPIES, ignoring('/a'))).toBe(0);
});
