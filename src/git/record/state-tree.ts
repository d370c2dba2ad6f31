import type { CommitId, HostName, HostPath } from '../../model/brand.ts';
import type { StateChange } from '../../model/state-change.ts';
import type { GitCommand } from '../git-command.ts';
import type { TreeEntry } from '../objects/object-batch.ts';
import { filesIn, utf8Of } from '../objects/commit-walk.ts';
import { blobObject } from '../objects/object-pack.ts';
import type { GitObject } from '../objects/object-pack.ts';
import { recordText } from './serialise.ts';
import type { HostRecord } from './serialise.ts';
import type { StateMemory } from './state-memory.ts';
import {
  HOST_FILE,
  SEEN,
  WORKSPACE_FILES,
  copyNames,
  copyPath,
  managedName,
  planRecordName,
  seenName,
  workspaceFolder,
} from './tree-layout.ts';
import type { CopySection } from './tree-layout.ts';
import { EMPTY_FOLDER, editFolder, readListing, treeObjects } from '../objects/tree-objects.ts';
import type { Folder, TreeEdit } from '../objects/tree-objects.ts';

/** Sections that are looked at before they are changed: copies of contents, and what is only seen. */
const COPIES = ['files/', 'original/', `${SEEN}/`, 'seen-files/', `${WORKSPACE_FILES}/`];

/** What a tree gets: blob bytes, an id that is in the repository, or null for removal. */
type Entries = Map<string, Uint8Array | string | null>;

/** A recorded state's tree, in the repository or to be made. */
export interface StateTree {
  readonly folder: Folder;
  /** The files in it of these sections. */
  readonly stored: readonly TreeEntry[];
  readonly id: string;
  /** The objects that the repository may not have. */
  readonly objects: readonly GitObject[];
}

/**
 * The tree of a commit; before the first one a tree that only names the host. One git process at most, none for a commit whose
 * record was just read. Errors: SP5002.
 */
export async function readStateTree(
  git: GitCommand,
  commit: CommitId | null,
  newHost: { readonly host: HostName; readonly newHostId: () => string },
  { trees }: Pick<StateMemory, 'trees'>,
): Promise<StateTree> {
  if (commit === null) {
    const record = blobObject(hostRecord(newHost.host, newHost.newHostId()));
    const leaf = { kind: 'leaf', mode: '100644', id: record.id } as const;
    return made(editFolder(EMPTY_FOLDER, [{ path: [HOST_FILE], leaf }]), [], [record]);
  }
  const folder = trees.get(commit)?.folder ?? (await listed(git, commit));
  return { ...made(folder, copiesIn(folder), []), objects: [] };
}

/** The tree that `change` makes of `base`. Writes nothing (object-scratch.ts does). */
export function changedStateTree(base: StateTree, change: StateChange): StateTree {
  const { files, plans, seen = [] } = change;
  if (files.length + plans.length + seen.length === 0) return base;
  const entries: Entries = new Map();
  addRecords(entries, change);
  addCopies(entries, base.stored, change);
  addSeen(entries, base.stored, change);
  addWorkspaceFiles(entries, base.stored, change);
  for (const { id, name } of base.stored) if (entries.get(name) === id) entries.delete(name);
  const blobs = base.objects.filter(({ type }) => type === 'blob');
  const edits = [...entries].map(([name, content]): TreeEdit => {
    const path = Buffer.from(name, 'utf8').toString('latin1').split('/');
    if (content === null) return { path, leaf: null };
    const blob = typeof content === 'string' ? null : blobObject(content);
    if (blob !== null) blobs.push(blob);
    const id = blob === null ? String(content) : blob.id;
    return { path, leaf: { kind: 'leaf', mode: '100644', id } };
  });
  const tree = made(editFolder(base.folder, edits), [], blobs);
  return tree.id === base.id ? base : tree;
}

function made(
  folder: Folder,
  stored: readonly TreeEntry[],
  blobs: readonly GitObject[],
): StateTree {
  const { id, objects } = treeObjects(folder);
  return { folder, stored, id, objects: [...blobs, ...objects] };
}

async function listed(git: GitCommand, commit: CommitId): Promise<Folder> {
  const { stdout } = await git(['ls-tree', '-r', '-t', '-z', '--full-tree', commit]);
  return readListing(stdout.toString('latin1'));
}

function copiesIn(folder: Folder): readonly TreeEntry[] {
  return filesIn(folder)
    .filter(({ name }) => COPIES.some((section) => name.startsWith(section)))
    .map(({ id, name }) => ({ id, name: utf8Of(name) }));
}

function hostRecord(host: HostName, hostId: string): Uint8Array {
  const record: HostRecord = { formatVersion: 1, host, hostId };
  return Buffer.from(recordText(record), 'utf8');
}

function addRecords(entries: Entries, change: StateChange): void {
  for (const { path, managed } of change.files) {
    entries.set(
      managedName(path),
      managed === null ? null : Buffer.from(recordText(managed), 'utf8'),
    );
  }
  for (const { workspace, plan, record } of change.plans) {
    entries.set(
      planRecordName(workspace, plan),
      record === null ? null : Buffer.from(recordText(record), 'utf8'),
    );
  }
}

function addCopies(entries: Entries, stored: readonly TreeEntry[], change: StateChange): void {
  for (const section of ['files', 'original'] as const) {
    const copies = change.files.map((file) => [file.path, copyOf(section, file)] as const);
    addSection(entries, stored, section, copies);
  }
}

/** Copies of one section: their names depend on each other (a file beside a directory of its name), so all of it is looked at. */
function addSection(
  entries: Entries,
  stored: readonly TreeEntry[],
  section: CopySection,
  copies: readonly (readonly [HostPath, Uint8Array | null | undefined])[],
): void {
  const contents = new Map<HostPath, Uint8Array | string>();
  for (const { id, name } of stored) {
    const path = copyPath(section, name);
    if (path === null) continue;
    contents.set(path, id);
    entries.set(name, null);
  }
  for (const [path, copy] of copies) {
    if (copy === null) contents.delete(path);
    else if (copy !== undefined) contents.set(path, copy);
  }
  for (const [path, name] of copyNames(section, contents.keys())) {
    entries.set(name, contents.get(path) ?? null);
  }
}

/** What is managed from now on is no longer only seen. */
function addSeen(
  entries: Entries,
  stored: readonly TreeEntry[],
  { files, seen = [] }: StateChange,
): void {
  const managed = files.flatMap(({ path, managed: file }): HostPath[] =>
    file === null ? [] : [path, file.declared ?? path],
  );
  const known = new Set(stored.map(({ name }) => name));
  const dropped = managed.filter((declared) => known.has(seenName(declared)));
  const changes = [...dropped.map((declared) => ({ declared, seen: null, copy: null })), ...seen];
  if (changes.length === 0) return;
  for (const { declared, seen: record } of changes) {
    const text = record === null ? null : Buffer.from(recordText(record), 'utf8');
    entries.set(seenName(declared), text);
  }
  const copies = changes.map(({ declared, copy }) => [declared, copy] as const);
  addSection(entries, stored, 'seen-files', copies);
}

/** A changed record keeps exactly the copies that it names; of a file that is neither given nor there it has none. */
function addWorkspaceFiles(
  entries: Entries,
  stored: readonly TreeEntry[],
  change: StateChange,
): void {
  for (const { workspace, plan, record, contents } of change.plans) {
    const folder = workspaceFolder(workspace, plan);
    const known = stored.filter(({ name }) => name.startsWith(`${folder}/`));
    for (const { name } of known) entries.set(name, null);
    for (const { sha256 } of record?.workspaceFiles ?? []) {
      const name = `${folder}/${sha256}`;
      const content = known.find((entry) => entry.name === name)?.id ?? contents?.get(sha256);
      if (content !== undefined) entries.set(name, content);
    }
  }
}

/** The one place that decides it: whatever a change brings, no tree has a copy against the rule of its file. */
function copyOf(section: CopySection, file: StateChange['files'][number]) {
  if (file.managed === null || file.managed.record !== 'full') return null;
  return section === 'files' ? file.copy : file.original;
}
