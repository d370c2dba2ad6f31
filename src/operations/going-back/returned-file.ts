import type { Host } from '../../host/ports.ts';
import { markOf, stillRecorded } from '../../kinds/record-rule.ts';
import { watchedDirectory } from '../../kinds/watched.ts';
import type { HostPath } from '../../model/brand.ts';
import type { FileChange } from '../../model/change-set.ts';
import { imageOf, type FileImage, type FileState } from '../../model/file-image.ts';
import {
  sameAttributes,
  type FileAttributes,
  type ManagedFile,
} from '../../model/recorded-state.ts';
import { notShown, unifiedDiff } from '../planning/unified-diffs.ts';
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
  /** Somebody else's edit of something owned stays in it. */
  readonly edited?: true;
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
  return a.sha256 === b.sha256 && sameAttributes(a, b);
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
    ...recordOf(file),
    restart: kind.restart(file.before, file.after),
    resources: [],
  };
}

/** As the person who approves it sees it. */
export async function previewOf(file: ReturnedFile): Promise<RestoredFile> {
  const { path, live: before, wanted: after } = file;
  const same = before?.sha256 === after?.sha256;
  const diff = same ? '' : await diffOf(file);
  return { path, before, after, foreignEdit: isForeign(file), diff };
}

async function diffOf(file: ReturnedFile): Promise<string> {
  const { path, before, after } = file;
  return isHidden(file) ? notShown(path) : unifiedDiff(path, before, after);
}

/** A file that nobody owns is hidden only by what it looks like. */
export function isHidden({ managed, before, after }: RestoredImage): boolean {
  if (managed === undefined) return markOf(before) !== null || markOf(after) !== null;
  return (recordOf({ managed, before, after }).record?.rule ?? 'full') !== 'full';
}

/** No plan says anything about it here: by the rule until now, but a secret that comes back is not copied. */
function recordOf({
  managed,
  before,
  after,
}: Pick<RestoredImage, 'managed' | 'before' | 'after'>): Pick<FileChange, 'record'> {
  if (managed === undefined) return {};
  const { record: seen, secret } = stillRecorded(managed, before);
  const { record: rule, ...rest } = stillRecorded(
    { ...managed, record: seen, ...(secret === undefined ? {} : { secret }) },
    after,
  );
  return rule === 'full' && rest.secret === undefined ? {} : { record: { rule, ...rest } };
}

function isForeign({ live, managed }: ReturnedFile): boolean {
  if (managed === undefined) return false;
  const { state } = managed;
  return state?.sha256 !== live?.sha256 || state?.mode !== live?.mode;
}
