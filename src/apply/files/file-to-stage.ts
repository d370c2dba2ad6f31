import type { RealPath } from '../../model/brand.ts';
import type { FileChange } from '../../model/change-set.ts';
import type { FileImage } from '../../model/file-image.ts';

/** One file that a run writes: what, where, and the directory its staged versions go to. */
export interface FileToStage {
  readonly change: Pick<FileChange, 'path' | 'before' | 'after' | 'method'>;
  readonly realPath: RealPath;
  readonly after: FileImage;
  /** Whose owner, attributes and ACL the new file takes; absent: those of the file it replaces. */
  readonly like?: RealPath;
  readonly stageDirectory: RealPath;
}
