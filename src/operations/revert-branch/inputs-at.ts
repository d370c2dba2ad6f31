import { join, relative } from 'node:path';

import { worktreePlaces } from '../../git/workspace/worktree-links.ts';
import type { CommitId, PlanName, RealPath, WorkspacePath } from '../../model/brand.ts';
import type { Variables } from '../../model/plan-file.ts';
import { parsePlanFile } from '../../plan/files/parse-plan.ts';
import { planInputs } from '../../plan/files/plan-inputs.ts';
import type { Session } from '../session.ts';
import { readPlanFiles } from '../workspace/read-plan-files.ts';
import { sourceReader } from '../workspace/read-source.ts';
import { withWorkspaceAt } from '../workspace/workspace-at.ts';
import type { BranchGround } from './branch-ground.ts';

/** What a plan of one commit consists of. */
export interface InputsAt {
  /** The plan file, relative to the workspace. */
  readonly file: WorkspacePath;
  /** Its files, relative to the repository's top; of a link also what it leads to. */
  readonly places: readonly string[];
  /** False when variables are not known that may name further files. */
  readonly complete: boolean;
  /** Those whose lines no message shows. */
  readonly unrecorded: readonly string[];
}

export type PlansAt = ReadonlyMap<PlanName, InputsAt>;

/**
 * The plans of a commit with their files. A plan file that cannot be read as one is none: it may be another plan's mistake, and
 * whoever asks for that plan misses it. Throws as withWorkspaceAt.
 */
export async function plansAt(
  session: Session,
  { workspace, repository: { top } }: Pick<BranchGround, 'workspace' | 'repository'>,
  commit: CommitId,
  vars: Variables | null,
): Promise<PlansAt> {
  return withWorkspaceAt(session, commit, async ({ options, hostName }) => {
    const dir = (options.cwd ?? workspace) as RealPath;
    // The copy has the workspace where the repository has it.
    const copy = join(dir, relative(workspace, top));
    const context = { host: hostName, vars, readSource: sourceReader(dir) };
    const plans = new Map<PlanName, InputsAt>();
    for (const { file, text } of readPlanFiles(dir).texts) {
      const document = parsePlanFile(text, file);
      if (!document.ok) continue;
      const { paths, complete, unrecorded: hidden } = planInputs(document.value, context);
      const prefix = relative(top, workspace);
      const places = await placesOf(copy, prefix, paths);
      const unrecorded = await placesOf(copy, prefix, hidden);
      plans.set(document.value.name, { file, places, complete, unrecorded });
    }
    return plans;
  });
}

async function placesOf(
  top: string,
  prefix: string,
  paths: readonly WorkspacePath[],
): Promise<readonly string[]> {
  const places: string[] = [];
  for (const path of paths) places.push(...((await worktreePlaces(top, join(prefix, path))) ?? []));
  return places;
}
