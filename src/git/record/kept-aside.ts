import { backupsOf, type BackupPlace } from '../../host/backups/backup-paths.ts';
import { hasObject, putObject, readObject } from '../../host/backups/object-store.ts';
import type { CommitId, HostPath, RealPath, Sha256 } from '../../model/brand.ts';
import type { ManagedFile, RecordedState } from '../../model/recorded-state.ts';
import type { StateChange, StateFileChange } from '../../model/state-change.ts';
import type { CopySection } from './tree-layout.ts';

/** Objects written at the same time: syncs in parallel share the work of the file system. */
const AT_ONCE = 16;

type Contents = ReadonlyMap<HostPath, Uint8Array>;

/** Where contents are kept: in git, read by `many`, and below the state directory. */
export interface KeptContents {
  readonly stateDir: RealPath;
  readonly many: (
    section: CopySection,
    paths: readonly HostPath[],
    at: CommitId,
  ) => Promise<Contents>;
}

/**
 * Puts the bytes of which the record will have no copy into the backup store of this host, durably: what was there before
 * management, and what will have been verified. Called before the tree is made; a full disk refuses the run. Errors: SP601x.
 */
export async function keepAside(
  { stateDir, many }: KeptContents,
  base: CommitId | null,
  changes: readonly StateChange[],
): Promise<void> {
  const store = backupsOf(stateDir);
  const files = changes.flatMap((change) => change.files).filter(hasNoCopy);
  const contents = files
    .flatMap(({ copy, original }) => [copy, original])
    .filter((bytes) => bytes instanceof Uint8Array);
  contents.push(...(await leavingGit(store, base, files, many)));
  for (let from = 0; from < contents.length; from += AT_ONCE) {
    const batch = contents.slice(from, from + AT_ONCE);
    const results = await Promise.allSettled(batch.map((bytes) => putObject(store, bytes)));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }
}

function hasNoCopy({ managed }: StateFileChange): boolean {
  return managed !== null && managed.record !== 'full';
}

/** Originals of files that were recorded in full until now: the new tree drops them. */
async function leavingGit(
  store: BackupPlace,
  base: CommitId | null,
  files: readonly StateFileChange[],
  many: KeptContents['many'],
): Promise<readonly Uint8Array[]> {
  const missing = files.filter(({ managed, original }) => {
    const name = managed?.original.state?.sha256;
    return original === undefined && name !== undefined && !hasObject(store, name);
  });
  if (base === null || missing.length === 0) return [];
  const paths = missing.map(({ path }) => path);
  return [...(await many('original', paths, base)).values()];
}

/** The digest that names a content of a file's record. */
function nameIn(section: CopySection, file: ManagedFile | undefined): Sha256 | null {
  const state = section === 'files' ? file?.state : file?.original.state;
  return state?.sha256 ?? null;
}

/** Reads contents wherever this host has them. */
export function contentsWherever({
  stateDir,
  many,
  head,
  loadAt,
}: KeptContents & {
  readonly head: () => Promise<CommitId | null>;
  readonly loadAt: (commit: CommitId) => Promise<RecordedState>;
}) {
  const wherever =
    (section: CopySection) =>
    async (paths: readonly HostPath[], at?: CommitId): Promise<Contents> => {
      const commit = paths.length === 0 ? null : (at ?? (await head()));
      if (commit === null) return new Map();
      const found = await many(section, paths, commit);
      if (paths.every((path) => found.has(path))) return found;
      return withKeptAside(stateDir, section, paths, { found, recorded: await loadAt(commit) });
    };
  return { contents: wherever('files'), originalContents: wherever('original') };
}

/** The copies found in git, and what the backup store of this host has of the others. Never bytes with another digest. */
async function withKeptAside(
  stateDir: RealPath,
  section: CopySection,
  paths: readonly HostPath[],
  { found, recorded }: { readonly found: Contents; readonly recorded: RecordedState },
): Promise<Contents> {
  const store = backupsOf(stateDir);
  const all = new Map(found);
  for (const path of paths) {
    const file = recorded.files.get(path);
    const name = nameIn(section, file);
    if (all.has(path) || name === null || file?.record === 'full') continue;
    const read = await readObject(store, name);
    if (read.is === 'intact') all.set(path, read.content);
  }
  return all;
}

/** Contents that only the backup store of this host has: nothing else may be taken for a copy of them. */
export function namesKeptAside({ files }: RecordedState): ReadonlyMap<Sha256, HostPath> {
  const names = new Map<Sha256, HostPath>();
  for (const file of files.values()) {
    if (file.record === 'full') continue;
    for (const section of ['files', 'original'] as const) {
      const name = nameIn(section, file);
      if (name !== null) names.set(name, file.path);
    }
  }
  return names;
}
