import type { TransactedFile } from '../../apply/run/transact.ts';
import type { HostPath } from '../../model/brand.ts';
import { sha256 } from '../../model/canonical-json.ts';
import { ABSENT, imageOf, type FileImage, type ObservedFile } from '../../model/file-image.ts';
import type { Wish } from './wish.ts';

export interface PlannedFile extends TransactedFile {
  /** Whether anything has to be written. */
  readonly changes: boolean;
}

/** What each wish makes of the file that is there; the wishes have been judged. */
export function plannedFiles(
  wishes: readonly Wish[],
  found: ReadonlyMap<HostPath, ObservedFile>,
): readonly PlannedFile[] {
  return wishes.map((wish) => {
    const observed = at(found, wish.path);
    const { becomes } = wish;
    if (becomes.is === 'gone') return { observed, after: ABSENT, changes: true };
    if (becomes.is === 'content') {
      const after = contentFor(observed, becomes);
      return { observed, after, changes: !holds(observed, after) };
    }
    const source = at(found, becomes.of);
    return { observed, after: imageOf(source.content), like: source.realPath, changes: true };
  });
}

/** What is there keeps its mode. */
export function contentFor(
  { content }: Pick<ObservedFile, 'content'>,
  { bytes, mode }: Extract<Wish['becomes'], { is: 'content' }>,
): FileImage {
  return { exists: true, bytes, mode: content.kind === 'file' ? content.state.mode : mode };
}

function holds({ content }: ObservedFile, after: FileImage): boolean {
  return content.kind === 'file' && after.exists && content.state.sha256 === sha256(after.bytes);
}

function at(found: ReadonlyMap<HostPath, ObservedFile>, path: HostPath): ObservedFile {
  const file = found.get(path);
  if (file === undefined) throw new TypeError(`${path} was not looked at`);
  return file;
}
