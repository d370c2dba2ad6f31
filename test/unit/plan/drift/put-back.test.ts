import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../../src/kinds/kind.ts';
import { kindOf } from '../../../../src/kinds/registry.ts';
import type { HostPath, ItemKey, RunId } from '../../../../src/model/brand.ts';
import { sha256 } from '../../../../src/model/canonical-json.ts';
import type { DriftItem } from '../../../../src/model/drift.ts';
import { ABSENT, type FileState } from '../../../../src/model/file-image.ts';
import type { RecordedItem } from '../../../../src/model/item.ts';
import { withStateOfOthers, type ManagedFile } from '../../../../src/model/recorded-state.ts';
import { putBack, type KeptVersion } from '../../../../src/plan/drift/put-back.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: {name: api}
spec:
  containers:
  - name: api
    command:
    - api
    - --audit=on # by the plan
    # how much it says
    - --v=3
    - --other=x
`;

const OWNER = { workspace: 'w', plan: 'p', resource: 'r' } as unknown as RecordedItem['owner'];

function version(text: string, change: Partial<FileState> = {}): KeptVersion {
  const bytes = Buffer.from(text);
  const facts = { sha256: sha256(bytes), size: bytes.length, mode: 0o600, uid: 1, gid: 1 };
  return { bytes, state: { ...facts, ...change } };
}

function managed(
  kind: ManagedFile['kind'],
  state: FileState | null,
  applied: Readonly<Record<string, string | null>>,
): ManagedFile {
  const items = Object.entries(applied).map(([key, value], sequence) => {
    const label = key.split('/').at(-1);
    return [key, { owner: OWNER, label, before: {}, applied: value, run: 'R', sequence }];
  });
  return {
    formatVersion: 1,
    path: '/a' as HostPath,
    kind,
    record: 'full',
    linkText: null,
    state,
    lastRun: 'R' as RunId,
    original: { state: null, pristine: true },
    items: Object.fromEntries(items) as ManagedFile['items'],
  };
}

/** `metadata/mode` has no owner, as in what drift tells. */
function drifted(...keys: readonly string[]): readonly DriftItem[] {
  return keys.map((key) => ({
    key: key as ItemKey,
    label: key.replace('metadata/', ''),
    state: 'drifted',
    ...(key.startsWith('metadata/') ? {} : { owner: OWNER }),
  }));
}

function back(
  file: ManagedFile,
  live: KeptVersion | null,
  items: readonly DriftItem[],
  kept: KeptVersion | null,
  kind: Kind = kindOf(file.kind),
) {
  const image =
    live === null ? ABSENT : { exists: true as const, bytes: live.bytes, mode: live.state.mode };
  const done = putBack({
    managed: file,
    kind,
    live: { image, state: live?.state ?? null },
    items,
    kept,
  });
  if (!done.ok) return done.diagnostics.map(({ code }) => code);
  const { image: after, state } = done.value;
  return { text: after.exists ? Buffer.from(after.bytes).toString() : null, state };
}

describe('flags', () => {
  const kept = version(POD);
  const file = managed('manifest', kept.state, { 'flags/api/audit': 'on', 'flags/api/v': '3' });

  it('return to the place and spelling that they had, and edits of other lines stay', () => {
    const live = version(
      POD.replace('    - --audit=on # by the plan\n', '').replace('--other=x', '--other=y'),
    );
    expect(back(file, live, drifted('flags/api/audit'), kept)).toMatchObject({
      text: POD.replace('--other=x', '--other=y'),
    });
  });

  it('that were not chosen stay as they are', () => {
    const live = version(POD.replace('--v=3', '--v=9').replace('--audit=on', '--audit=off'));
    expect(back(file, live, drifted('flags/api/v'), kept)).toMatchObject({
      text: POD.replace('--audit=on', '--audit=off'),
    });
  });

  it('are set as applied where the kept copy holds what somebody else wrote', () => {
    const edited = version(POD.replace('--v=3', '--v=9'));
    expect(back(file, edited, drifted('flags/api/v'), edited)).toMatchObject({ text: POD });
  });

  it('in a file that is no manifest any more cannot be put back', () => {
    expect(back(file, version('not: [a pod\n'), drifted('flags/api/v'), kept)).toEqual([
      expect.stringMatching(/^SP2/),
    ]);
  });
});

describe('a file that is gone', () => {
  const kept = version(POD, { mode: 0o640, uid: 7 });
  const file = managed('manifest', kept.state, { 'flags/api/audit': 'on', 'flags/api/v': '3' });

  it('comes back whole, with mode and owner', () => {
    expect(back(file, null, drifted('flags/api/v'), kept)).toEqual({
      text: POD,
      state: kept.state,
    });
  });

  it('comes back as applied and as a run left it, when others had edited it before', () => {
    const edited = version(POD.replace('--v=3', '--v=9'), { mode: 0o666 });
    const observed = withStateOfOthers(withStateOfOthers(file, edited.state), null);
    expect(back(observed, null, drifted('flags/api/v'), edited)).toEqual({
      text: POD,
      state: kept.state,
    });
  });

  it('cannot be put back without a copy', () => {
    expect(back(file, null, drifted('flags/api/v'), null)).toEqual([]);
  });
});

describe('a whole file', () => {
  const kept = version('level = 1\n');
  const file = managed('file', kept.state, { content: kept.state.sha256 });
  const live = version('level = 9\n', { mode: 0o666, uid: 9 });

  it('gets its content back; its mode and owner when they are chosen', () => {
    expect(back(file, live, drifted('content'), kept)).toMatchObject({
      text: 'level = 1\n',
      state: { mode: 0o666, uid: 9 },
    });
    expect(back(file, live, drifted('metadata/mode'), kept)).toMatchObject({
      text: 'level = 9\n',
      state: { mode: 0o600, uid: 9 },
    });
    expect(back(file, live, drifted('content', 'metadata/owner'), kept)).toMatchObject({
      state: { sha256: kept.state.sha256, mode: 0o666, uid: 1 },
    });
  });

  it('that has to be absent is deleted', () => {
    const absent = managed('file', null, { content: null });
    expect(back(absent, live, drifted('content'), null)).toEqual({ text: null, state: null });
  });

  it('whose content is not kept is refused', () => {
    expect(back(file, live, drifted('content'), null)).toEqual(['SP2031']);
  });
});
