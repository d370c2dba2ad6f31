import { secretMark } from '../../kinds/secret-marks.ts';
import type { FileImage } from '../../model/file-image.ts';
import { notShown, unifiedDiff } from '../planning/unified-diffs.ts';
import type { AdoptedFile } from './results.ts';
import type { WorkspaceFileChange } from './write-workspace-files.ts';

/** What becomes of workspace files; of `hidden` ones, and of those that hold a secret, only that they change. */
export function shownChanges(
  changes: readonly WorkspaceFileChange[],
  hidden: ReadonlySet<string>,
): Promise<readonly AdoptedFile[]> {
  return Promise.all(
    changes.map(async ({ path, before, after }) => {
      const isHidden = hidden.has(path) || [before, after].some((one) => secretMark(one) !== null);
      const diff = isHidden
        ? notShown(path)
        : await unifiedDiff(`/${path}`, imageWith(before), imageWith(after));
      return { path, diff };
    }),
  );
}

function imageWith(bytes: Uint8Array): FileImage {
  return { exists: true, bytes, mode: 0o644 };
}
