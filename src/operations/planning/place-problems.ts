import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { judgePlace } from '../../host/judge-place.ts';
import { loadNative } from '../../host/native.ts';
import { ownCrontab } from '../../host/own-crontab/account.ts';
import { ownPlace } from '../../host/own-place.ts';
import { openPlaceReader } from '../../host/place-facts.ts';
import type { Host } from '../../host/ports.ts';
import type { FileChange, PlanPart } from '../../model/change-set.ts';
import { onlyByPlans } from '../only-by-plans.ts';
import type { SourceSpot } from '../../model/item.ts';
import type { ResolvedPlan } from '../../model/plan-file.ts';

type Written = Pick<PlanPart, 'plan' | 'files'>;

/**
 * Why files of these parts must not be managed or written where they are: all problems of all files. Looks at directories and
 * attributes, changes nothing. `apply` comes here again under the run lock.
 */
export async function placeProblems(
  host: Host,
  parts: readonly Written[],
  plans: readonly ResolvedPlan[],
): Promise<readonly Diagnostic[]> {
  const files = parts.flatMap((part) => part.files.map((file) => ({ part, file })));
  if (files.length === 0) return [];
  const { root, newOwner } = host;
  const reader = openPlaceReader({ root: root.dir, native: await loadNative() });
  const problems = new Map<string, { readonly problem: Diagnostic; readonly paths: Set<string> }>();
  for (const { part, file } of files) {
    const { path, declared, watched, method = 'replace' } = file;
    const realPath = root.toReal(path);
    const own = ownPlace({ path: declared, realPath }, host.stateDir);
    const judged = (): readonly Diagnostic[] => {
      const facts = reader.read(declared, realPath);
      return judgePlace({ path, facts, method, watched }, newOwner);
    };
    const refused = ownCrontab(realPath) === null ? null : byOtherMeans(file);
    for (const problem of own.length > 0 || !file.write ? own : (refused ?? judged())) {
      const key = `${problem.code} ${SHARED.has(problem.code) ? problem.help : problem.message}`;
      const known = problems.get(key);
      if (known !== undefined) {
        known.paths.add(path);
        continue;
      }
      const at = spotOf(part, file, plans);
      const located = at === undefined ? problem : { ...problem, at };
      problems.set(key, { problem: located, paths: new Set([path]) });
    }
  }
  return [...problems.values()].map(({ problem, paths }) => withCount(problem, paths.size - 1));
}

/** The user's own crontab is not looked at as a file: crontab(1) writes it, and what may come of that is not known before. */
function byOtherMeans({ path, kind, method }: FileChange): readonly Diagnostic[] {
  return kind === 'crontab' && method === 'in-place' ? [] : [onlyByPlans(path)];
}

/** One mount or one directory is one problem, however many files are below it. */
const SHARED: ReadonlySet<string> = new Set(['SP6060', 'SP6063']);

function withCount(problem: Diagnostic, others: number): Diagnostic {
  if (others === 0) return problem;
  const more = `and ${String(others)} more ${others === 1 ? 'file' : 'files'}`;
  return { ...problem, message: `${problem.message} (${more})` };
}

/** Where the plan file declares the file; nowhere when it is given back. */
function spotOf(
  part: Written,
  file: FileChange,
  plans: readonly ResolvedPlan[],
): SourceSpot | undefined {
  const plan = plans.find(({ name }) => name === part.plan);
  return plan?.resources.find(({ id }) => file.resources.includes(id))?.at;
}
