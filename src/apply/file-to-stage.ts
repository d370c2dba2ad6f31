import type { RealPath } from '../model/brand.ts';
import type { FileChange } from '../model/change-set.ts';
import type { FileImage } from '../model/file-image.ts';

/** One file that a run writes: what, where, and the directory its staged versions go to. */
export interface FileToStage {
  readonly change: FileChange;
  readonly realPath: RealPath;
  readonly after: FileImage;
  readonly stageDirectory: RealPath;
}
