import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { checkOutCommit } from '../../git/workspace/workspace-checkout.ts';
import { EXIT } from '../../model/outcome.ts';
import type { UnnamedSession } from '../session.ts';
import { findWorkspace, WORKSPACE_FILE } from './find-workspace.ts';

/**
 * Runs `work` with the workspace as a commit has it, in a copy that is removed afterwards; the user's files and index are not
 * touched. Throws SP3060 (exit 64) outside of a workspace, SP3023 (exit 6) without git, SP5032 (exit 64) for no commit.
 */
export async function withWorkspaceAt<S extends UnnamedSession, T>(
  session: S,
  revision: string,
  work: (session: S) => Promise<T>,
): Promise<T> {
  const { cwd, env } = session.options;
  const repository = await findWorkspace(cwd);
  const copy = await mkdtemp(join(tmpdir(), 'setpoint-workspace-'));
  try {
    await mkdir(join(copy, 'tree'));
    const found = await checkOutCommit(repository, revision, copy, env);
    if (found === null) throw notInGit(repository);
    if (!existsSync(join(found.dir, WORKSPACE_FILE))) throw notThere(revision);
    const options = { ...session.options, cwd: found.dir };
    return await work({
      ...session,
      options,
      workspaceAt: { commit: found.commit, repository },
    });
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

function notThere(revision: string): SetpointError {
  return new SetpointError(EXIT.usage, [
    {
      code: 'SP5032',
      severity: 'error',
      message: `${JSON.stringify(revision)} has no ${WORKSPACE_FILE} where this workspace has it`,
      help: 'Name a later commit, or the directory that was the workspace then: -C DIR',
    },
  ]);
}

function notInGit(directory: string): SetpointError {
  return new SetpointError(EXIT.stale, [
    {
      code: 'SP3023',
      severity: 'error',
      message: `the workspace ${directory} is in no git repository: it has no commits to plan`,
      help: 'leave out --ref',
    },
  ]);
}
