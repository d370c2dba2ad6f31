import type { HostPath } from '../model/brand.ts';

/** What is at a path of the host; `unknown` where nobody looked or may look. */
export type Present = 'file' | 'directory' | 'absent' | 'unknown';

/** The host around a managed file, as it will be when that file is written: symbolic links are followed. */
export interface Surroundings {
  at(path: HostPath): Present;
}

/** What somebody who looked found at a path. */
export interface Looked {
  /** After symbolic links. */
  readonly path: HostPath;
  readonly present: Present;
}

/** Nobody looked at the host. */
export const NOBODY_LOOKED: Surroundings = { at: () => 'unknown' };
