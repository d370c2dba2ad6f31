import type { CodeEntry } from './entry.ts';

/** SP4277–SP4279, SP5033–SP5039: the branch of the workspace that takes a plan change back. */
export const revertBranchCodes = {
  SP4277: {
    title: 'no commits tell what a run changed in the workspace',
    explanation:
      'A branch that takes a plan change back is made of two commits of the workspace: the one that the run applied and the one that was recorded for its plan before. Here there are none that tell: the run took another one back or restored files, it was applied with files that were not committed (`--allow-dirty`), it changed sources in a git submodule, whose files are in other commits, or its plan belongs to another workspace than this one. Undo the change in the plan file by hand and commit it.',
  },
  SP4278: {
    title: 'a file that is taken back is used by other plans, too',
    explanation:
      'A source or a check script of the plan changed with it, and other plans of the workspace name the same file. In the branch it is as it was before, for all of them. Look at what these plans would do (`setpoint plan` in the branch) before you merge it. When the plan was new, so that its files would be deleted, a file that others use stays.',
  },
  SP4279: {
    title: 'files of a plan are named by variables that are not known',
    explanation:
      'Which files a plan needs can follow from its variables, and values of `--var` and `--var-file` are not recorded. Files that are named outright are in the branch; look for the others yourself, before you merge it.',
  },
  SP5033: {
    title: 'no name for a branch',
    explanation:
      'Git has rules for the names of branches (`git help check-ref-format`): no blanks, no `..`, no `~^:?*[\\`, nothing that begins with a dash or ends in `.lock`. It is the short name: nothing that begins with `refs/`. `{plan}` and `{run}` in the name are replaced by the plan and by the id of the run.',
  },
  SP5034: {
    title: 'the branch is there already',
    explanation:
      'A branch of that name exists in the workspace and is something else than what would be made. Branches are only created, never moved, so that nothing of yours is lost. Git has no branch `a/b` beside a branch `a` either. Give another name, or delete the branch when nobody needs it. A branch that takes back the same, on the same commit, is no obstacle.',
  },
  SP5035: {
    title: 'a plan change cannot be taken back without losing what came later',
    explanation:
      'A file of the plan was changed by the commit that is taken back, and changed again since in the same lines, deleted or moved. No version of it has the one without the other, so no branch was made. The difference since then is shown, but not of a file that looks like a secret or that a plan records without a copy. A plan file that was renamed is found by the name of its plan; of another file that was moved bring back what it was before the run, where the plan has it now. Else edit the file as you want it now, and commit that.',
  },
  SP5036: {
    title: 'a commit of the plan is not in this clone',
    explanation:
      'What a run changed in the workspace is read from two commits: the applied one and the one recorded before. One of them is not in this clone: it is shallow, the branch was not fetched, or its history was rewritten (a squashed or rebased branch, of which the applied commit is no part). Fetch it, or do it in a clone that has it.',
  },
  SP5037: {
    title: 'git does not know who commits',
    explanation:
      "The commit in the branch is yours: git's user.name and user.email count, or GIT_AUTHOR_NAME and its like. None is set for the user that runs setpoint, and none is guessed. Under `sudo` the configuration is that of root.",
  },
  SP5038: {
    title: 'the branch was not pushed',
    explanation:
      "With `--push` the branch goes to the workspace's own remote: that of the current branch's upstream, `remote.pushDefault`, the only remote, or `origin`. Git runs with your keys, is never forced, asks nobody and has thirty seconds. The branch is in this clone; push it with the command that is shown. Without any remote the command is refused before anything is done.",
  },
  SP5039: {
    title: 'the branch cannot be written to the workspace',
    explanation:
      "Objects or the reference could not be added to the workspace's repository: no permission, no space, a branch whose name is the beginning of this one, a damaged repository. The message has git's words. Working tree, index and HEAD are as they were.",
  },
} as const satisfies Record<string, CodeEntry>;
