import type { GitCommand } from '../git-command.ts';
import { stateError } from '../state-error.ts';

/**
 * Contents of many blobs in one `git cat-file --batch`: object ids or `<commit>:<path>` names without line breaks. The answer
 * has one entry a name, in order; null where there is no such blob. Throws SP5002.
 */
export async function readBlobs(
  git: GitCommand,
  names: readonly string[],
): Promise<readonly (Buffer | null)[]> {
  if (names.length === 0) return [];
  const { stdout } = await git(['cat-file', '--batch', '--buffer'], {
    input: `${names.join('\n')}\n`,
  });
  const blobs: (Buffer | null)[] = [];
  let at = 0;
  for (const name of names) {
    const end = stdout.indexOf(0x0a, at);
    if (end < 0) throw cutShort(name);
    // Anything but a header is `<name> missing`; a name can hold any text, so only the header's form decides.
    const header = /^(?:[0-9a-f]{40}|[0-9a-f]{64}) (\w+) (\d+)$/.exec(
      stdout.toString('utf8', at, end),
    );
    at = end + 1;
    if (header === null) {
      blobs.push(null);
      continue;
    }
    const size = Number(header[2]);
    if (at + size > stdout.length) throw cutShort(name);
    blobs.push(header[1] === 'blob' ? stdout.subarray(at, at + size) : null);
    at += size + 1;
  }
  return blobs;
}

function cutShort(name: string) {
  return stateError('SP5002', {
    message: `git cat-file ended before ${name} was read`,
    help: 'Run the command again; `setpoint doctor` checks the state repository.',
  });
}

export interface TreeEntry {
  readonly id: string;
  readonly name: string;
}

/** Every blob beneath `folders` (all when empty) of a commit or tree. Throws SP5002. */
export async function listBlobs(
  git: GitCommand,
  tree: string,
  folders: readonly string[] = [],
): Promise<readonly TreeEntry[]> {
  const { stdout } = await git(['ls-tree', '-r', '-z', '--full-tree', tree, '--', ...folders]);
  return stdout
    .toString('utf8')
    .split('\0')
    .flatMap((line) => {
      const match = /^\d+ blob ([0-9a-f]{40})\t(.*)$/s.exec(line);
      return match?.[1] === undefined || match[2] === undefined
        ? []
        : [{ id: match[1], name: match[2] }];
    });
}
