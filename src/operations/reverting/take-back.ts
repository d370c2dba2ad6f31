import { isTakenOut, takeOutItems } from '../../apply/revert/take-out-items.ts';
import { sha256 } from '../../model/canonical-json.ts';
import { ABSENT, type FileImage, type FileState } from '../../model/file-image.ts';
import type { RunVersions } from './run-versions.ts';

/** The file without what the run did to it, or why that cannot be told. */
export type TakenBack =
  | { readonly image: FileImage; readonly state: FileState | null }
  | { readonly conflict: string };

export interface LiveVersion {
  readonly state: FileState | null;
  readonly bytes: Uint8Array | null;
}

/**
 * Takes a run's edit out of the file as it is now. Untouched since: it becomes exactly what it was. Touched since: only what the
 * run changed goes, and everything later stays; a conflict when something later is about the same. Pure.
 */
export function takeBack(
  { path, kind, record, keys, old, made }: RunVersions,
  live: LiveVersion,
): TakenBack {
  const conflict = (why: string): TakenBack => ({ conflict: `${path}: ${why}` });
  if (old.state !== null && old.bytes === null) {
    return conflict(
      record === 'full'
        ? 'its earlier content is not kept'
        : 'it is recorded without copies, and no backup has its earlier content any more',
    );
  }
  if (sameContent(live.state, old.state)) return withAttributes(old, old, made, live);
  if (sameContent(live.state, made.state)) {
    return old.state === null
      ? { image: ABSENT, state: null }
      : withAttributes(old, old, made, live);
  }
  if (live.state === null || live.bytes === null) return conflict('it was deleted since');
  if (made.state !== null && made.bytes === null) {
    return conflict(
      'it was edited since, and what the run wrote is not kept: only a whole file can go back',
    );
  }
  if (old.bytes === null || made.bytes === null) {
    return conflict('it was edited since, and the run created or deleted it as a whole');
  }
  const items = { kind, path, keys };
  const versions = { old: old.bytes, after: made.bytes, live: live.bytes };
  const bytes = isTakenOut(versions, items) ? live.bytes : takeOutItems(versions, items);
  if (bytes === null) return conflict('what the run wrote was changed again since');
  const state = { ...live.state, sha256: sha256(bytes), size: bytes.length };
  return withAttributes({ state, bytes }, old, made, live);
}

type Version = RunVersions['old'];

/** Mode and owner go back where the run changed them and nobody did after it. */
function withAttributes(
  wanted: Version,
  old: Version,
  made: Version,
  live: LiveVersion,
): TakenBack {
  if (wanted.state === null || wanted.bytes === null) return { image: ABSENT, state: null };
  const pick = (name: 'mode' | 'uid' | 'gid'): number => {
    const [before, after, now] = [old.state?.[name], made.state?.[name], live.state?.[name]];
    if (now === undefined || (now === after && before !== undefined)) return before ?? now ?? 0;
    return now;
  };
  const attributes = { mode: pick('mode'), uid: pick('uid'), gid: pick('gid') };
  const { mode, uid, gid } = attributes;
  return {
    image: { exists: true, bytes: wanted.bytes, mode, owner: { uid, gid } },
    state: { ...wanted.state, ...attributes },
  };
}

function sameContent(a: FileState | null, b: FileState | null): boolean {
  return a === null || b === null ? a === b : a.sha256 === b.sha256;
}
