import { lstatSync } from 'node:fs';

import type { RealPath } from '../model/brand.ts';
import { errorCode } from './file-errors.ts';

/** ISO 8601, UTC: they compare as texts. */
export interface ChangeTimes {
  /** Of the content, as far as nobody set it (`touch -d`, `cp -p`, an archive). */
  readonly modified: string;
  /** Of anything about the file, its name included: by the machine's clock, which only a jump can make wrong. */
  readonly changed: string;
}

/** When a file or directory last changed by the word of its file system; `null` when it is not there or hidden. Never throws for what is on the disk. */
export function changeTimes(path: RealPath): ChangeTimes | null {
  try {
    const { mtime, ctime } = lstatSync(path);
    return { modified: mtime.toISOString(), changed: ctime.toISOString() };
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return null;
  }
}
