/**
 * A commit with all its trees, and the contents of those files that are wanted, from one git process: each answer names what to
 * ask for next. Names are byte strings, as in tree-objects.ts.
 */
import type { CommitId } from '../../model/brand.ts';
import type { GitCommand } from '../git-command.ts';
import type { Dialogue } from '../git-streams.ts';
import { answerReader } from './object-answers.ts';
import type { Folder, Leaf } from './tree-objects.ts';

const FOLDER_MODE = '040000';
/** A submodule: a commit of another repository. */
const LINK_MODE = '160000';
/** What git exits with does not matter: what it did not give is not there. */
const ANY_EXIT = Array.from({ length: 256 }, (_, code) => code);

export interface CommitTree {
  /** The commit object. */
  readonly text: string;
  readonly folder: Folder;
}

export interface WalkedCommit extends CommitTree {
  /** Bytes of the wanted files, by id. */
  readonly blobs: ReadonlyMap<string, Buffer>;
}

export interface ListedFile {
  readonly id: string;
  /** From the top, a byte string. */
  readonly name: string;
}

/** A tree entry as `git ls-tree` prints it. */
interface Entry {
  readonly mode: string;
  readonly id: string;
  readonly name: string;
}

/**
 * Null when anything is missing or is not what its place says: then other commands of git have the words for it. A folder that is not
 * entered (its name ends in a slash) seems empty. SP5002.
 */
export async function walkCommit(
  git: GitCommand,
  commit: CommitId,
  wanted: (name: string) => boolean,
  entered: (folder: string) => boolean = () => true,
): Promise<WalkedCommit | null> {
  const walk = commitWalk(commit, { wanted, entered });
  const call = { dialogue: walk.dialogue, accept: ANY_EXIT };
  await git(['cat-file', '--batch-command', '--buffer'], call);
  return walk.result();
}

interface Asked {
  readonly id: string;
  readonly type: 'commit' | 'tree' | 'blob';
  /** Of a tree: its name and a slash; the top has none. */
  readonly prefix: string;
}

interface Wanted {
  readonly wanted: (name: string) => boolean;
  readonly entered: (folder: string) => boolean;
}

function commitWalk(commit: CommitId, { wanted, entered }: Wanted) {
  const top = `${commit}^{tree}`;
  const trees = new Map<string, readonly Entry[]>();
  const blobs = new Map<string, Buffer>();
  const read = answerReader();
  let text: string | null = null;
  let asked: readonly Asked[] = [
    { id: commit, type: 'commit', prefix: '' },
    { id: top, type: 'tree', prefix: '' },
  ];
  let next: Asked[] = [];
  let answers = 0;
  let whole = false;

  function take({ id, type, prefix }: Asked, bytes: Buffer): void {
    if (type === 'commit') text = bytes.toString('utf8');
    else if (type === 'blob') blobs.set(id, Buffer.from(bytes));
    else {
      const entries = treeEntries(bytes);
      trees.set(id, entries);
      for (const entry of entries) {
        const name = `${prefix}${entry.name}`;
        if (entry.mode === FOLDER_MODE) {
          if (entered(`${name}/`)) next.push({ id: entry.id, type: 'tree', prefix: `${name}/` });
        } else if (entry.mode !== LINK_MODE && wanted(name))
          next.push({ id: entry.id, type: 'blob', prefix: '' });
      }
    }
  }

  function answered(output: Buffer): string | null {
    for (const answer of read(output)) {
      const question = asked[answers];
      if (question === undefined || answer?.type !== question.type) return null;
      take(question, answer.bytes);
      answers += 1;
    }
    if (answers < asked.length) return '';
    whole = next.length === 0;
    if (whole) return null;
    [asked, next, answers] = [next, [], 0];
    return questions(asked);
  }

  const dialogue: Dialogue = { first: questions(asked), answered };
  return {
    dialogue,
    result: (): WalkedCommit | null =>
      whole && text !== null ? { text, folder: folderOf(trees, top, null), blobs } : null,
  };
}

function questions(asked: readonly Asked[]): string {
  return `${asked.map(({ id }) => `contents ${id}\n`).join('')}flush\n`;
}

/** `<octal mode> <name>\0<20 bytes>` each. */
function treeEntries(bytes: Buffer): readonly Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at < bytes.length;) {
    const space = bytes.indexOf(0x20, at);
    const end = bytes.indexOf(0, space);
    entries.push({
      mode: bytes.toString('latin1', at, space).padStart(6, '0'),
      name: bytes.toString('latin1', space + 1, end),
      id: bytes.toString('hex', end + 1, end + 21),
    });
    at = end + 21;
  }
  return entries;
}

/** The top has no id, as in a listing: whoever edits it makes its object anew. */
function folderOf(
  trees: ReadonlyMap<string, readonly Entry[]>,
  tree: string,
  id: string | null,
): Folder {
  const entries = new Map<string, Leaf | Folder>();
  for (const { mode, name, id: entry } of trees.get(tree) ?? []) {
    const folder = mode === FOLDER_MODE;
    entries.set(name, folder ? folderOf(trees, entry, entry) : { kind: 'leaf', mode, id: entry });
  }
  return { kind: 'folder', id, entries };
}

/** The files beneath a folder in git's order, submodules left out. */
export function filesIn(folder: Folder, prefix = ''): readonly ListedFile[] {
  return [...folder.entries].flatMap(([key, node]): readonly ListedFile[] => {
    const name = `${prefix}${key}`;
    if (node.kind === 'folder') return filesIn(node, `${name}/`);
    return node.mode === LINK_MODE ? [] : [{ id: node.id, name }];
  });
}

/** A name as text. */
export function utf8Of(name: string): string {
  return Buffer.from(name, 'latin1').toString('utf8');
}
