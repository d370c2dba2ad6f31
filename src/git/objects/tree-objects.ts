/**
 * Git's trees as values. A listing of one tree becomes a `Folder`; edits share everything that they do not touch; what is new
 * becomes tree objects. Names are byte strings (one character a byte): git sorts by bytes, and foreign names need not be UTF-8.
 */
import { objectId } from './object-pack.ts';
import type { GitObject } from './object-pack.ts';

/** A file (or anything else that is not a directory) of a tree. */
export interface Leaf {
  readonly kind: 'leaf';
  /** As in the tree object: `100644`. */
  readonly mode: string;
  readonly id: string;
}

export interface Folder {
  readonly kind: 'folder';
  /** Its tree object; null when that has to be computed: the root of a listing, and what was edited. */
  readonly id: string | null;
  readonly entries: ReadonlyMap<string, Leaf | Folder>;
}

export interface TreeEdit {
  /** Components as byte strings, at least one. */
  readonly path: readonly string[];
  /** Null removes the file; a directory of that name stays. */
  readonly leaf: Leaf | null;
}

export const EMPTY_FOLDER: Folder = { kind: 'folder', id: null, entries: new Map() };

/** `git ls-tree -r -t -z --full-tree` as the tree that it lists; `listing` is read as latin1. */
export function readListing(listing: string): Folder {
  const root = new Map<string, Leaf | Folder>();
  const folders = new Map([['', root]]);
  for (const line of listing.split('\0')) {
    const match = /^(\d+) (\w+) ([0-9a-f]+)\t(?:(.*)\/)?([^/]*)$/s.exec(line);
    if (match === null) continue;
    const [, mode = '', type, id = '', parent = '', name = ''] = match;
    const into = folders.get(parent);
    if (into === undefined) continue;
    if (type === 'tree') {
      const entries = new Map<string, Leaf | Folder>();
      folders.set(parent === '' ? name : `${parent}/${name}`, entries);
      into.set(name, { kind: 'folder', id, entries });
    } else {
      into.set(name, { kind: 'leaf', mode, id });
    }
  }
  return { kind: 'folder', id: null, entries: root };
}

/** `folder` with the edits made; directories that become empty go, as git knows none. */
export function editFolder(folder: Folder, edits: readonly TreeEdit[]): Folder {
  return edits.length === 0 ? folder : edited(folder, edits, 0);
}

function edited(folder: Folder, edits: readonly TreeEdit[], depth: number): Folder {
  const entries = new Map(folder.entries);
  for (const [name, group] of byComponent(edits, depth)) {
    const node = editedNode(entries.get(name) ?? null, group, depth + 1);
    if (node === null) entries.delete(name);
    else entries.set(name, node);
  }
  return { kind: 'folder', id: null, entries };
}

/** What one name holds after the edits at it and beneath it. Where a file and a directory want it, the directory gets it. */
function editedNode(
  node: Leaf | Folder | null,
  edits: readonly TreeEdit[],
  depth: number,
): Leaf | Folder | null {
  const here = edits.findLast(({ path }) => path.length === depth);
  const beneath = edits.filter(({ path }) => path.length > depth);
  const folder = node?.kind === 'folder' ? node : null;
  const after = beneath.length === 0 ? folder : edited(folder ?? EMPTY_FOLDER, beneath, depth);
  if (after !== null && after.entries.size > 0) {
    return here === undefined || here.leaf === null ? after : here.leaf;
  }
  if (here !== undefined) return here.leaf;
  return node?.kind === 'leaf' ? node : null;
}

function byComponent(
  edits: readonly TreeEdit[],
  depth: number,
): ReadonlyMap<string, readonly TreeEdit[]> {
  const groups = new Map<string, TreeEdit[]>();
  for (const edit of edits) {
    const name = edit.path[depth] ?? '';
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [edit]);
    else group.push(edit);
  }
  return groups;
}

export interface MadeTree {
  readonly id: string;
  /** Its tree objects that have no id yet, itself last. */
  readonly objects: readonly GitObject[];
}

/** The tree object of `folder` and those of all edited directories in it. */
export function treeObjects(folder: Folder): MadeTree {
  if (folder.id !== null) return { id: folder.id, objects: [] };
  const objects: GitObject[] = [];
  const lines = [...folder.entries].map(([name, node]) => {
    if (node.kind === 'leaf') return { name, key: name, mode: node.mode, id: node.id };
    const made = treeObjects(node);
    for (const object of made.objects) objects.push(object);
    return { name, key: `${name}/`, mode: '40000', id: made.id };
  });
  // Git sorts a directory as if its name ended in a slash.
  lines.sort((a, b) => (a.key < b.key ? -1 : 1));
  const bytes = Buffer.concat(
    lines.map(({ mode, name, id }) =>
      Buffer.concat([Buffer.from(`${mode} ${name}\0`, 'latin1'), Buffer.from(id, 'hex')]),
    ),
  );
  const id = objectId('tree', bytes);
  objects.push({ type: 'tree', id, bytes });
  return { id, objects };
}
