import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommitId, HostName, HostPath } from '../model/brand.ts';
import type { StateChange } from '../model/state-change.ts';
import type { GitCommand } from './git-command.ts';
import { listBlobs } from './object-batch.ts';
import type { TreeEntry } from './object-batch.ts';
import { objectId, packBlobs } from './object-pack.ts';
import { recordText } from './serialise.ts';
import type { HostRecord } from './serialise.ts';
import type { StatePlace } from './state-paths.ts';
import {
  HOST_FILE,
  WORKSPACE_FILES,
  copyNames,
  copyPath,
  managedName,
  planRecordName,
  workspaceFolder,
} from './tree-layout.ts';
import type { CopySection } from './tree-layout.ts';

const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const NO_OBJECT = '0'.repeat(40);

/** What a tree gets: blob bytes, an id that is in the repository, or null for removal. */
type Entries = Map<string, Uint8Array | string | null>;

export interface StateTree {
  readonly tree: string;
  /** The tree and everything in it that its base does not have. */
  readonly objects: readonly string[];
}

/**
 * Writes the blobs and the tree that `change` makes of `base`; the caller makes them last (object-scratch.ts). Seven git
 * processes at most, whatever the number of files. Errors: SP5002.
 */
export async function writeStateTree(
  git: GitCommand,
  place: StatePlace,
  base: CommitId | null,
  change: StateChange,
  newHostId: () => string,
): Promise<StateTree> {
  if (base !== null && change.files.length === 0 && change.plans.length === 0) {
    const { stdout } = await git(['rev-parse', '--verify', '--quiet', `${base}^{tree}`]);
    return { tree: stdout.toString('utf8').trim(), objects: [] };
  }
  const entries: Entries = new Map();
  if (base === null) entries.set(HOST_FILE, hostRecord(place.host, newHostId()));
  addRecords(entries, change);
  const stored =
    base === null ? [] : await listBlobs(git, base, ['files', 'original', WORKSPACE_FILES]);
  addCopies(entries, stored, change);
  addWorkspaceFiles(entries, stored, change);
  for (const { id, name } of stored) if (entries.get(name) === id) entries.delete(name);
  const ids = await storeBlobs(git, entries);
  const tree = await writeTree(git, place, base, ids);
  return { tree, objects: [tree, ...(await objectsBetween(git, base ?? EMPTY_TREE, tree))] };
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

/** Copies: their names depend on each other (a file beside a directory of its name), so the whole section is looked at. */
function addCopies(entries: Entries, stored: readonly TreeEntry[], change: StateChange): void {
  for (const section of ['files', 'original'] as const) {
    const contents = new Map<HostPath, Uint8Array | string>();
    for (const { id, name } of stored) {
      const path = copyPath(section, name);
      if (path === null) continue;
      contents.set(path, id);
      entries.set(name, null);
    }
    for (const file of change.files) {
      const copy = copyOf(section, file);
      if (copy === null) contents.delete(file.path);
      else if (copy !== undefined) contents.set(file.path, copy);
    }
    for (const [path, name] of copyNames(section, contents.keys())) {
      entries.set(name, contents.get(path) ?? null);
    }
  }
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

function copyOf(section: CopySection, file: StateChange['files'][number]) {
  if (file.managed === null) return null;
  return section === 'files' ? file.copy : file.original;
}

/** Stores every new blob with one git process and gives all entries by object id. */
async function storeBlobs(
  git: GitCommand,
  entries: Entries,
): Promise<ReadonlyMap<string, string | null>> {
  const ids = new Map<string, string | null>();
  const blobs = new Map<string, Uint8Array>();
  for (const [name, content] of entries) {
    if (content === null || typeof content === 'string') {
      ids.set(name, content);
      continue;
    }
    const id = objectId('blob', content);
    blobs.set(id, content);
    ids.set(name, id);
  }
  if (blobs.size > 0) {
    await git(['index-pack', '--stdin'], { input: packBlobs([...blobs.values()]) });
  }
  return ids;
}

/** The base's tree with the entries put in, through a private index (only under the run lock: its name is fixed). */
async function writeTree(
  git: GitCommand,
  place: StatePlace,
  base: CommitId | null,
  ids: ReadonlyMap<string, string | null>,
): Promise<string> {
  const index = join(place.gitDir, 'setpoint.index');
  const env = { GIT_INDEX_FILE: index };
  const lines = [...ids]
    .map(([name, id]) => (id === null ? `0 ${NO_OBJECT}\t${name}\0` : `100644 ${id}\t${name}\0`))
    // Removals first: `update-index` lets a new file silently replace a directory of its name, never the other way round.
    .sort((a, b) => (a < b ? -1 : 1));
  try {
    await rm(index, { force: true });
    await git(base === null ? ['read-tree', '--empty'] : ['read-tree', base], { env });
    await git(['update-index', '-z', '--index-info'], { env, input: lines.join('') });
    const { stdout } = await git(['write-tree'], { env });
    return stdout.toString('utf8').trim();
  } finally {
    await rm(index, { force: true });
  }
}

/** Ids of the blobs and trees that `to` has and `from` has not, `to` itself excepted. */
async function objectsBetween(
  git: GitCommand,
  from: string,
  to: string,
): Promise<readonly string[]> {
  const { stdout } = await git([
    'diff-tree',
    '-r',
    '-t',
    '-z',
    '--raw',
    '--no-abbrev',
    '--no-renames',
    from,
    to,
  ]);
  return stdout
    .toString('utf8')
    .split('\0')
    .flatMap((part) => /^:\d+ \d+ [0-9a-f]+ ([0-9a-f]{40}) /.exec(part)?.[1] ?? [])
    .filter((id) => id !== NO_OBJECT);
}
