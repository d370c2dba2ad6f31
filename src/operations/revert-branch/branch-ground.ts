import { realpath } from 'node:fs/promises';

import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { userGit } from '../../git/workspace/user-git.ts';
import type { UserGit } from '../../git/workspace/user-git.ts';
import { findRemote } from '../../git/workspace/workspace-remote.ts';
import type { WorkspaceRemote } from '../../git/workspace/workspace-remote.ts';
import { openWorkspaceRepository } from '../../git/workspace/workspace-repository.ts';
import type { WorkspaceRepository } from '../../git/workspace/workspace-repository.ts';
import type { CommitId, PlanName, RealPath, RunId, WorkspaceName } from '../../model/brand.ts';
import { EXIT } from '../../model/outcome.ts';
import type { Session } from '../session.ts';
import { findWorkspace } from '../workspace/find-workspace.ts';
import { loadWorkspaceConfig } from '../workspace/load-workspace.ts';

/** What a person asks for. */
export interface BranchWish {
  /** `{plan}` and `{run}` stand for those of the run that is taken back. */
  readonly name: string;
  readonly push: boolean;
}

/** The workspace that gets the branch. */
export interface BranchGround {
  readonly wish: BranchWish;
  readonly workspace: RealPath;
  /** As it was when the command began. */
  readonly repository: WorkspaceRepository;
  /** What the branch stands on. */
  readonly head: CommitId;
  readonly name: WorkspaceName;
  /** Where the branch is pushed to; null: nowhere. */
  readonly remote: WorkspaceRemote | null;
  readonly git: UserGit;
}

/**
 * What is asked for before anything is done. Throws SP3060 (exit 64) without a workspace, SP3023 (exit 6) when it is not in git, SP5033
 * (exit 64) for a name that git does not take, SP5038 (exit 64) when there is nothing to push to.
 */
export async function requireBranchGround(
  session: Session,
  wish: BranchWish,
): Promise<BranchGround> {
  const { cwd, env } = session.options;
  const found = await findWorkspace(cwd);
  const workspace = (await realpath(found)) as RealPath;
  const git = userGit({ dir: workspace, env, commands: session.host.commands });
  const repository = await openWorkspaceRepository(workspace, env);
  const head = repository?.head ?? null;
  if (repository === null || head === null) throw noCommits(found);
  await requireName(git, wish.name);
  const { name } = await loadWorkspaceConfig(cwd);
  const remote = wish.push ? await findRemote(git) : null;
  return { wish, workspace, repository, head, name, remote, git };
}

/** The name of the branch for one run. */
export function branchName(
  { name }: BranchWish,
  plan: PlanName | 'plan',
  run: RunId | 'RUN',
): string {
  return name.replaceAll('{plan}', plan).replaceAll('{run}', run);
}

async function requireName(git: UserGit, template: string): Promise<void> {
  const name = branchName({ name: template, push: false }, 'plan', 'RUN');
  // `@{-1}` is a name for git, too: of another branch; and `refs/heads/x` one of refs/heads/refs/heads/x.
  const checked = /^(?:-|refs\/)/.test(name)
    ? null
    : await git('check-ref-format', '--branch', name);
  if (checked !== null && checked.spawnError === null && checked.stdout === `${name}\n`) return;
  if (checked !== null && checked.spawnError !== null) {
    throw refused(
      EXIT.failed,
      'SP5001',
      `git was not found: ${checked.spawnError}`,
      'Install git.',
    );
  }
  const message = `${JSON.stringify(template)} is no name for a branch`;
  throw refused(EXIT.usage, 'SP5033', message, 'For example: setpoint/revert-{plan}-{run}');
}

/** SP3023 (exit 6). */
function noCommits(workspace: string): SetpointError {
  const message = `the workspace ${workspace} has no git history: there is nothing to make a branch of`;
  return refused(EXIT.stale, 'SP3023', message, 'Run it in a clone of the workspace: -C DIR');
}

function refused(
  exitCode: number,
  code: 'SP3023' | 'SP5001' | 'SP5033',
  message: string,
  help: string,
): SetpointError {
  return new SetpointError(exitCode, [{ code, severity: 'error', message, help }]);
}
