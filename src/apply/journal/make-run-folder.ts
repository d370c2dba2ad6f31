import { makeDirectory, type MadeDirectory } from '../../host/make-directory.ts';
import type { RunFolder } from './run-folder.ts';

/**
 * Makes the folder of a run and in it the directory that its commands run in, also when nothing is copied there. Neither name
 * lasts before its holder is synced; recovery makes again what a power cut took. Errors: SP601x.
 */
export function makeRunFolder({ workspace }: RunFolder): MadeDirectory {
  return makeDirectory(workspace, 0o700);
}
