import { posix } from 'node:path';

import type { HostPath, RealPath } from '../../model/brand.ts';
import { sha256 } from '../../model/canonical-json.ts';
import type { ObservedContent, ObservedFile } from '../../model/file-image.ts';
import type { ManagedFile, RecordedState } from '../../model/recorded-state.ts';
import type { Look } from '../planning/ground.ts';

/** A host as its record has it: what was last verified of each managed file. */
export interface RecordedRoot extends Look {
  /** Why a path cannot be told from the record; null when it can. */
  unknown(path: HostPath): string | null;
}

/** `copies`: contents by real path. Links are known under the name by which plans reached them when they were recorded. */
export function recordedRoot(
  recorded: RecordedState,
  copies: ReadonlyMap<HostPath, Uint8Array>,
): RecordedRoot {
  const byName = new Map<HostPath, ManagedFile>(recorded.files);
  for (const file of recorded.files.values()) {
    if (file.declared !== undefined) byName.set(file.declared, file);
  }
  const contents = new Map<HostPath, ObservedContent | null>();
  for (const file of recorded.files.values()) {
    contents.set(file.path, recordedContent(file, copies.get(file.path)));
  }
  return {
    unknown(path) {
      const file = byName.get(path);
      if (file === undefined) return 'never recorded';
      if (contents.get(file.path) !== null) return null;
      return file.record === 'full' ? 'its content is not kept' : `recorded by ${file.record} only`;
    },
    observe(declared) {
      const file = byName.get(declared);
      const content = file === undefined ? null : contents.get(file.path);
      const path = file?.path ?? declared;
      const linkText = declared === path ? null : (file?.linkText ?? null);
      const realPath = path as string as RealPath;
      const unseen = {
        kind: 'refused',
        code: 'not-readable',
        reason: 'it is not recorded',
      } as const;
      const observed: ObservedFile = {
        declared,
        path,
        realPath,
        linkText,
        content: content ?? unseen,
      };
      return Promise.resolve(observed);
    },
    list(directory) {
      const inside = [...recorded.files.values()].filter(
        ({ path, state }) => posix.dirname(path) === directory && state !== null,
      );
      return Promise.resolve(inside.map(({ path }) => posix.basename(path)).toSorted());
    },
  };
}

/** Null when the copy is missing or is not what was verified. */
function recordedContent(
  { state }: ManagedFile,
  bytes: Uint8Array | undefined,
): ObservedContent | null {
  if (state === null) return { kind: 'absent' };
  if (bytes === undefined || sha256(bytes) !== state.sha256) return null;
  return { kind: 'file', bytes, state, dev: 0, ino: 0 };
}
