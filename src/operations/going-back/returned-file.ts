import type { Host } from '../../host/ports.ts';
import { watchedDirectory } from '../../kinds/watched.ts';
import type { HostPath } from '../../model/brand.ts';
import type { FileChange } from '../../model/change-set.ts';
import { imageOf, type FileImage, type FileState } from '../../model/file-image.ts';
import type { FileAttributes, ManagedFile } from '../../model/recorded-state.ts';
import { unifiedDiff } from '../planning/unified-diffs.ts';
import { kindOfRestored, type RestoredImage } from '../backups/restored-gates.ts';
import type { RestoredFile } from '../backups/results.ts';

/** One file that goes back to something it was, with what it is now. */
export interface ReturnedFile extends RestoredImage {
  readonly live: FileState | null;
  readonly wanted: FileState | null;
  /** It goes back to what it was before setpoint managed it. */
  readonly original: boolean;
  /** What is recorded of its items from then on; absent: what is recorded now. None ⇒ it is not managed any more. */
  readonly items?: ManagedFile['items'];
  /** Mode and owner that stay recorded although the file goes back to others. */
  readonly attributes?: FileAttributes;
}

/** What stands where a file goes back, or why nothing can be put there. */
export type Standing =
  | { readonly image: FileImage; readonly state: FileState | null }
  | { readonly obstacle: string };

/** Looks at a file that goes back, and whether the name that plans use still leads to it. Changes nothing. */
export async function lookAt(
  { root }: Pick<Host, 'root'>,
  path: HostPath,
  managed: ManagedFile | undefined,
): Promise<Standing> {
  const inPlace = managed?.write === 'in-place';
  const { content, path: found, linkText } = await root.observe(path, { inPlace });
  if (content.kind === 'refused') return { obstacle: content.reason };
  if (found !== path || linkText !== null) {
    return { obstacle: `${path} leads through a symbolic link to ${found} now` };
  }
  const named = managed?.declared === undefined ? null : await root.observe(managed.declared);
  if (named !== null && named.path !== path) {
    return { obstacle: `${named.declared}, which led to ${path}, leads to ${named.path} now` };
  }
  return { image: imageOf(content), state: content.kind === 'file' ? content.state : null };
}

export function sameState(a: FileState | null, b: FileState | null): boolean {
  if (a === null || b === null) return a === b;
  return a.sha256 === b.sha256 && a.mode === b.mode && a.uid === b.uid && a.gid === b.gid;
}

/** As a run takes it. */
export function fileChangeOf(file: ReturnedFile): FileChange {
  const { path, live, wanted, managed } = file;
  const kind = kindOfRestored(file);
  return {
    path,
    declared: path,
    linkText: null,
    kind: kind.name,
    watched: kind.watched || watchedDirectory(path),
    write: true,
    ...(managed?.write === undefined ? {} : { method: managed.write }),
    before: live,
    after: wanted === null ? null : { sha256: wanted.sha256, size: wanted.size, mode: wanted.mode },
    splice: null,
    lastRun: managed?.lastRun ?? null,
    foreignEdit: isForeign(file),
    restart: kind.restart(file.before, file.after),
    resources: [],
  };
}

/** As the person who approves it sees it. */
export async function previewOf(file: ReturnedFile): Promise<RestoredFile> {
  const { path, live: before, wanted: after } = file;
  const same = before?.sha256 === after?.sha256;
  const diff = same ? '' : await unifiedDiff(path, file.before, file.after);
  return { path, before, after, foreignEdit: isForeign(file), diff };
}

function isForeign({ live, managed }: ReturnedFile): boolean {
  if (managed === undefined) return false;
  const { state } = managed;
  return state?.sha256 !== live?.sha256 || state?.mode !== live?.mode;
}
