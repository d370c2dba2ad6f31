import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { judgePlace } from '../../host/judge-place.ts';
import { loadNative } from '../../host/native.ts';
import { ownCrontab } from '../../host/own-crontab/account.ts';
import { ownPlace } from '../../host/own-place.ts';
import { openPlaceReader } from '../../host/place-facts.ts';
import type { Host } from '../../host/ports.ts';
import { onlyByPlans } from '../only-by-plans.ts';
import { watchedDirectory } from '../../kinds/watched.ts';
import type { ObservedFile } from '../../model/file-image.ts';

/** Why these files must not be replaced where they are, as a plan would say it: all problems (SP606x) of all of them. */
export async function placeRefusals(
  { root, newOwner, stateDir }: Host,
  files: readonly ObservedFile[],
): Promise<readonly Diagnostic[]> {
  const reader = openPlaceReader({ root: root.dir, native: await loadNative() });
  const problems = new Map<string, Diagnostic>();
  for (const { declared, path, realPath, content } of files) {
    const own = ownPlace({ path: declared, realPath }, stateDir);
    for (const problem of own) problems.set(problem.message, problem);
    if (content.kind === 'refused' || own.length > 0) continue;
    if (ownCrontab(realPath) !== null) {
      problems.set(path, onlyByPlans(path));
      continue;
    }
    const facts = reader.read(declared, realPath);
    const place = { path, facts, method: 'replace', watched: watchedDirectory(path) } as const;
    for (const problem of judgePlace(place, newOwner)) {
      // Several files can share the directory or the mount that is wrong.
      problems.set(`${problem.code} ${problem.message}`, problem);
    }
  }
  return [...problems.values()];
}
