import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { RealPath } from '../../model/brand.ts';
import type { Intent } from '../journal/journal.ts';

/**
 * Stage directories of a run that are not where its journal says, but one directory beside it: somebody renamed the directory they
 * are in, as when a version of it is switched. Nothing is looked for as long as they are in their place.
 */
export function movedStages({ stageDirectories }: Intent): readonly RealPath[] {
  return stageDirectories
    .filter((stage) => !existsSync(stage))
    .flatMap((stage) => {
      const above = dirname(dirname(stage));
      return namesIn(above).map((name) => join(above, name, basename(stage)) as RealPath);
    })
    .filter((place) => existsSync(place));
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    // It only helps to find what is left: that it cannot be looked for is no error of the run.
    return [];
  }
}
