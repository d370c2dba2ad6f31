import type { CommitId, HostPath } from '../../model/brand.ts';
import type { ManagedFile, RecordedState } from '../../model/recorded-state.ts';
import type { GitCommand } from '../git-command.ts';
import { filesIn, walkCommit } from '../objects/commit-walk.ts';
import { readHostRecord, readManagedFile } from './serialise.ts';
import type { StatePlace } from './state-paths.ts';
import { HOST_FILE, managedName } from './tree-layout.ts';

/**
 * One file's record at `head`, null where nobody manages it: one git process, which reads the trees on the way there and nothing else,
 * however much is recorded. Whatever is odd on that way, `loadAll` is to say.
 */
export async function loadManaged(
  git: GitCommand,
  { host }: StatePlace,
  head: CommitId,
  path: HostPath,
  loadAll: () => Promise<RecordedState>,
): Promise<ManagedFile | null> {
  const name = Buffer.from(managedName(path), 'utf8').toString('latin1');
  const isWanted = (file: string): boolean => file === name || file === HOST_FILE;
  const walked = await walkCommit(git, head, isWanted, (folder) => name.startsWith(folder));
  const files = walked === null ? [] : filesIn(walked.folder);
  const bytesOf = (wanted: string): Uint8Array | null => {
    const id = files.find((file) => file.name === wanted)?.id;
    return id === undefined ? null : (walked?.blobs.get(id) ?? null);
  };
  const top = bytesOf(HOST_FILE);
  const record = top === null ? null : readHostRecord(top, HOST_FILE);
  if (record?.ok === true && record.value.host === host) {
    const bytes = bytesOf(name);
    if (bytes === null) return null;
    const read = readManagedFile(bytes, name);
    if (read.ok && read.value.path === path) return read.value;
  }
  return (await loadAll()).files.get(path) ?? null;
}
