import { printable, printableLine } from '../../diagnostics/printable.ts';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import type { RevertBranch } from '../../operations/results.ts';
import { plural } from './change-counts.ts';
import { shortId } from './short-text.ts';

/** The branch in one line; none when none was asked for or could be prepared. */
export function branchLines(branch: RevertBranch | null | undefined): readonly string[] {
  if (branch === null || branch === undefined) return [];
  const { name, commit, files, created, pushed, remote = 'REMOTE' } = branch;
  const shown = printable(name);
  if (commit === null) return ['No branch: the workspace is as before the run already.'];
  const [only, ...more] = files;
  const what =
    only === undefined || more.length > 0
      ? plural(files.length, 'file')
      : `${printableLine(only.path)}${only.change === 'deleted' ? ' (deleted)' : ''}`;
  const there = created ? '' : ', was there already';
  const next =
    pushed === null
      ? `push it: git push ${quoteWord(remote)} ${quoteWord(name)}`
      : `pushed to ${printable(pushed)}`;
  return [`Branch ${shown} (${shortId(commit)}${there}) takes back ${what}; ${next}`];
}
