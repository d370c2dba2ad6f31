import { posix } from 'node:path';

import type { HostPath, RealPath } from '../../model/brand.ts';
import { sha256 } from '../../model/canonical-json.ts';
import type { ObservedContent } from '../../model/file-image.ts';
import type { ManagedFile, RecordedState, SeenFiles } from '../../model/recorded-state.ts';
import type { Look } from '../planning/ground.ts';

/** A host as its record has it: what was last verified of each managed file. */
export interface RecordedRoot extends Look {
  /** Why a path cannot be told from the record; null when it can. */
  unknown(path: HostPath): string | null;
}

interface KnownFile {
  readonly path: HostPath;
  readonly linkText: string | null;
  /** Null: it cannot be told. */
  readonly content: ObservedContent | null;
  /** Why there is no content, when there is none. */
  readonly missing: string;
}

const NOT_KEPT = 'its content is not kept';

const UNSEEN: ObservedContent = {
  kind: 'refused',
  code: 'not-readable',
  reason: 'it is not recorded',
};

/**
 * `copies`: contents by real path. Links are known under the name by which plans reached them when they were recorded. What is
 * managed counts before what was only seen.
 */
export function recordedRoot(
  recorded: RecordedState,
  copies: ReadonlyMap<HostPath, Uint8Array>,
  seen: SeenFiles,
): RecordedRoot {
  const byName = knownFiles(recorded, copies, seen);
  const there = [...byName.values()].filter(({ content }) => content?.kind !== 'absent');
  const paths = new Set(there.map(({ path }) => path));
  return {
    unknown(path) {
      const file = byName.get(path);
      if (file === undefined) return 'never recorded';
      return file.content === null ? file.missing : null;
    },
    observe(declared) {
      const file = byName.get(declared);
      const path = file?.path ?? declared;
      return Promise.resolve({
        declared,
        path,
        realPath: path as string as RealPath,
        linkText: file?.linkText ?? null,
        content: file?.content ?? UNSEEN,
      });
    },
    lookAt(path) {
      return Promise.resolve({ path, present: 'unknown' });
    },
    list(directory) {
      const inside = [...paths].filter((path) => posix.dirname(path) === directory);
      return Promise.resolve(inside.map((path) => posix.basename(path)).toSorted());
    },
  };
}

function knownFiles(
  { files }: RecordedState,
  copies: ReadonlyMap<HostPath, Uint8Array>,
  seen: SeenFiles,
): ReadonlyMap<HostPath, KnownFile> {
  const byName = new Map<HostPath, KnownFile>();
  for (const [path, file] of files) {
    const content = recordedContent(file, copies.get(path));
    byName.set(path, { path, linkText: null, content, missing: whyMissing(file) });
  }
  for (const { path, declared, linkText } of files.values()) {
    const known = byName.get(path);
    if (declared !== undefined && known !== undefined) byName.set(declared, { ...known, linkText });
  }
  for (const [name, file] of seen.files) {
    if (byName.has(name)) continue;
    const { path, linkText } = file;
    const managed = byName.get(path);
    const own = managed === undefined ? recordedContent(file, seen.copies.get(name)) : null;
    const missing = managed?.missing ?? NOT_KEPT;
    byName.set(name, { path, linkText, content: managed?.content ?? own, missing });
  }
  return byName;
}

function whyMissing({ record, unobserved }: Pick<ManagedFile, 'record' | 'unobserved'>): string {
  if (unobserved !== undefined) {
    const { since, reason } = unobserved;
    return `not since ${since.slice(0, 16).replace('T', ' ')} UTC: ${reason}`;
  }
  return record === 'full' ? NOT_KEPT : `recorded by ${record} only`;
}

/** Null when the copy is missing or is not what was verified, or somebody looked since and saw nothing. */
function recordedContent(
  { state, unobserved }: Pick<ManagedFile, 'state' | 'unobserved'>,
  bytes: Uint8Array | undefined,
): ObservedContent | null {
  if (unobserved !== undefined) return null;
  if (state === null) return { kind: 'absent' };
  if (bytes === undefined || sha256(bytes) !== state.sha256) return null;
  return { kind: 'file', bytes, state, dev: 0, ino: 0 };
}
