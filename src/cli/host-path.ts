import { posix } from 'node:path';

import type { HostPath } from '../model/brand.ts';
import { isWellFormed } from '../model/well-formed.ts';
import { usageError } from './usage-error.ts';

/** A path of the host from the command line. Throws a usage error unless it is absolute and well-formed Unicode. */
export function hostPath(text: string): HostPath {
  if (!text.startsWith('/')) {
    throw usageError(
      'SP9001',
      `${text}: not an absolute path`,
      'name the file as the host sees it',
    );
  }
  if (!isWellFormed(text)) {
    throw usageError(
      'SP9001',
      `${JSON.stringify(text)}: not well-formed Unicode`,
      'name the file as the host sees it',
    );
  }
  return posix.normalize(text) as HostPath;
}
