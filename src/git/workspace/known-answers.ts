import type { WorkspaceGit, WorkspaceGitOutput } from './workspace-git.ts';

/** What git told about commits, by directory and question. Only what can never become untrue is in it; for one command. */
export type KnownAnswers = Map<string, WorkspaceGitOutput>;

const WHOLE_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * `git` that is asked once about what stays as it is: the tree of a commit that is named by its whole id, and that one commit
 * descends from another. Not remembered: that it does not (a deepened clone may show it), and what fails.
 */
export function remembering(git: WorkspaceGit, dir: string, known: KnownAnswers): WorkspaceGit {
  return async (...args) => {
    const question = JSON.stringify([dir, ...args]);
    const answer = known.get(question) ?? (await git(...args));
    if (staysTrue(args, answer)) known.set(question, answer);
    return answer;
  };
}

function staysTrue(args: readonly string[], { exitCode, stdout }: WorkspaceGitOutput): boolean {
  if (exitCode !== 0) return false;
  const [command, first = '', second = ''] = args;
  if (command === 'merge-base') {
    return args.length === 3 && [first, second].every(isWhole) && stdout.trim() === first;
  }
  // Options come before the one commit; paths, which may look like anything, after the dashes.
  const dashes = args.indexOf('--');
  const named = args
    .slice(1, dashes < 0 ? undefined : dashes)
    .filter((arg) => !arg.startsWith('-'));
  return (
    command === 'ls-tree' &&
    args.includes('--full-tree') &&
    named.length === 1 &&
    named.every(isWhole)
  );
}

function isWhole(id: string): boolean {
  return WHOLE_ID.test(id);
}
