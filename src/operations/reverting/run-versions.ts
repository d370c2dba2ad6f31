import { changedItems } from '../../apply/revert/changed-items.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import type { HostPath, ItemKey } from '../../model/brand.ts';
import type { FileState } from '../../model/file-image.ts';
import type { ManagedFile, RecordedState } from '../../model/recorded-state.ts';
import { sameState } from '../going-back/returned-file.ts';
import type { KeptRun } from './kept-run.ts';

/** One file that a run changed: before it, and as the run made it. Bytes are null where the file was absent or this host has no copy. */
export interface RunVersions {
  readonly path: HostPath;
  readonly kind: ManagedFile['kind'];
  /** As the run recorded it. */
  readonly record: ManagedFile['record'];
  readonly old: { readonly state: FileState | null; readonly bytes: Uint8Array | null };
  readonly made: { readonly state: FileState | null; readonly bytes: Uint8Array | null };
  /** Items whose record the run changed. */
  readonly keys: readonly ItemKey[];
  /** What was recorded of its items before the run and by it. */
  readonly before: ManagedFile['items'];
  readonly after: ManagedFile['items'];
}

/** What a run did, from the record. */
export interface RunChanges {
  /** Files whose bytes or permissions it changed, in the order of their paths. */
  readonly files: readonly RunVersions[];
  /** Files that it gave back: what it wrote there is not recorded, because they are not managed any more. */
  readonly givenBack: readonly HostPath[];
}

/** Reads the commit of the run and the one before it. SP5010, SP5011. */
export async function readRunChanges(
  state: StateRepository,
  { commit, base }: KeptRun,
): Promise<RunChanges> {
  const after = (await state.loadAt(commit)).files;
  const before: RecordedState['files'] =
    base === null ? new Map() : (await state.loadAt(base)).files;
  const givenBack = [...before.keys()].filter((path) => !after.has(path)).toSorted();
  const changed = [...after.values()]
    .filter((file) => !sameState(oldState(before.get(file.path), file), file.state))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const paths = changed.map(({ path }) => path);
  const known = paths.filter((path) => before.has(path));
  const made = await state.contents(paths, commit);
  const old = base === null ? new Map() : await state.contents(known, base);
  const originals = await state.originalContents(
    paths.filter((path) => !before.has(path)),
    commit,
  );
  const files = changed.map((file): RunVersions => {
    const { path, kind, record } = file;
    const earlier = before.get(path);
    const source = earlier === undefined ? originals : old;
    return {
      path,
      kind,
      record,
      old: { state: oldState(earlier, file), bytes: source.get(path) ?? null },
      made: { state: file.state, bytes: made.get(path) ?? null },
      keys: changedItems(earlier, file),
      before: earlier?.items ?? {},
      after: file.items,
    };
  });
  return { files, givenBack };
}

/** A file that the run began to manage was what its record keeps as the original. */
function oldState(before: ManagedFile | undefined, after: ManagedFile): FileState | null {
  return before === undefined ? after.original.state : before.state;
}
