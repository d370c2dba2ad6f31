import type { CopyAt } from '../../git/record/recorded-past.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import type { CommitId, HostPath } from '../../model/brand.ts';
import { ABSENT, type FileImage, type FileState } from '../../model/file-image.ts';
import type { ManagedFile, RecordedState } from '../../model/recorded-state.ts';
import { unifiedDiff } from '../planning/unified-diffs.ts';

type Files = RecordedState['files'];

/** One file in two commits; `null`: not managed. */
interface Change {
  readonly path: HostPath;
  readonly before: ManagedFile | null;
  readonly after: ManagedFile | null;
}

interface Step {
  readonly parent: CommitId | null;
  readonly commit: CommitId;
}

/**
 * What one state commit did to the contents of files, as unified diffs with host paths. A file that comes under management or leaves it
 * is compared with its original: it was no new file, and is not deleted, when it had one.
 */
export async function contentDiff(
  state: StateRepository,
  { parent, commit }: Step,
): Promise<string> {
  const files = async (at: CommitId | null): Promise<Files> =>
    at === null ? new Map() : (await state.loadAt(at)).files;
  const changes = changesBetween(await files(parent), await files(commit));
  if (changes.length === 0) return '';
  const sides = changes.flatMap((change) => [
    sourceOf(change.path, [change.before, parent], [change.after, commit]),
    sourceOf(change.path, [change.after, commit], [change.before, parent]),
  ]);
  const read = await state.copiesAt(sides.flatMap(({ copy }) => copy ?? []));
  const left = [...read];
  const images = sides.map(
    ({ copy, image }) => image ?? imageOf(copy === null ? null : left.shift()),
  );
  const diffs: string[] = [];
  for (const [i, change] of changes.entries()) {
    diffs.push(await diffOf(change, images[2 * i] ?? null, images[2 * i + 1] ?? null));
  }
  return diffs.join('');
}

function changesBetween(before: Files, after: Files): readonly Change[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .map((path) => ({
      path,
      before: before.get(path) ?? null,
      after: after.get(path) ?? null,
    }))
    .filter((one) => one.before === null || one.after === null || !sameContent(one));
}

function sameContent({ before, after }: Change): boolean {
  return before?.state?.sha256 === after?.state?.sha256;
}

/** Where the content of one side is: a copy that is kept, or an image that is known without one; neither: it is not recorded. */
interface Source {
  readonly copy: CopyAt | null;
  readonly image: FileImage | null;
}

type Recorded = readonly [managed: ManagedFile | null, at: CommitId | null];

function sourceOf(path: HostPath, [own, at]: Recorded, [other, otherAt]: Recorded): Source {
  if (own !== null) return source('files', path, own.state, at);
  // Somebody edited it before it was given back: what it was then nobody recorded.
  if (other?.original.pristine !== true) return { copy: null, image: null };
  return source('original', path, other.original.state, otherAt);
}

function source(
  section: CopyAt['section'],
  path: HostPath,
  file: FileState | null,
  commit: CommitId | null,
): Source {
  if (file === null || commit === null) return { copy: null, image: ABSENT };
  return { copy: { section, path, commit }, image: null };
}

function imageOf(bytes: Uint8Array | null | undefined): FileImage | null {
  return bytes == null ? null : { exists: true, bytes, mode: 0 };
}

async function diffOf(
  { path, ...change }: Change,
  before: FileImage | null,
  after: FileImage | null,
): Promise<string> {
  const records = [change.before?.record, change.after?.record];
  if (records.some((rule) => rule !== undefined && rule !== 'full')) {
    return `${JSON.stringify(path)}: content is not recorded\n`;
  }
  if (before === null || after === null) {
    return `${JSON.stringify(path)}: what others wrote to it is not recorded\n`;
  }
  if (!before.exists && !after.exists) return '';
  const same = before.exists && after.exists && Buffer.from(before.bytes).equals(after.bytes);
  return same ? '' : unifiedDiff(path, before, after);
}
