import type { CodeEntry } from './entry.ts';

/** SP5xxx: recorded state (SP500x, SP501x), the workspace's repository (SP503x), the audit log (SP505x), backups (SP506x). */
export const stateCodes = {
  SP5001: {
    title: 'git is missing or too old',
    explanation: `Recorded state is kept in a git repository, written with the git program. It was not found on PATH, or it is older than 2.36.

Older versions silently ignore core.fsync=all: a commit that setpoint reported as done could be lost or damaged by a power failure. Install a newer git, or put its directory on PATH.`,
  },
  SP5002: {
    title: 'git failed on the state repository',
    explanation: `A git command that setpoint ran on its own repository (state.git in the state directory) ended with an error. The message shows git's last line, the detail all of it.

Common causes are a full disk, a read-only file system, or a repository that was changed by hand. Free space or repair the file system and run the command again; \`setpoint doctor\` checks the repository.`,
  },
  SP5003: {
    title: 'state repository not private or not readable',
    explanation: `The state repository must belong to the owner of the state directory and be writable by nobody else: git obeys the configuration inside a repository, and that can name commands to run. setpoint refuses to run git on a repository that others could have changed.

Find out who changed its owner or mode, look at its config file, then give it back with the command that the message shows. When the repository simply cannot be read, run setpoint as the user that owns the state directory.`,
  },
  SP5004: {
    title: 'state directory cannot be used',
    explanation: `The file system refused to read or write the state directory: the disk is full or broken, it is mounted read-only, or permission is missing. The message has the system's own words.

Nothing was recorded. Repair the cause and run the command again; a run that was under way is settled from its journal.`,
  },
  SP5010: {
    title: 'recorded state in a format of another version',
    explanation: `A file of the recorded state carries a format version that this setpoint does not know. It was written by a newer setpoint, and guessing what it means could lose who owns what.

Use the version that wrote it, or a newer one.`,
  },
  SP5011: {
    title: 'recorded state damaged',
    explanation: `A file of the recorded state cannot be read: it is no valid JSON, a field has the wrong type, it names another path than the one it is stored for, git misses an object, or the repository, its HEAD or its branch is gone while the audit log or the branch's log says that something was recorded. setpoint never guesses here, because recorded state says who owns each item and how it looked before.

The help of the message has the command that repairs a lost HEAD or branch. Otherwise look at the last commits of the branch in state.git. When a commit made by hand is the cause, reset the branch to the last good commit with git update-ref. When objects or all of state.git are missing, put state.git back from a backup of the state directory.

Where there is none, you can begin anew with the files as they are now taken for the originals: move state.git (if any of it is left) and audit.jsonl out of the state directory. What setpoint changed before cannot be given back after that, except from the backups (\`setpoint backup list\`).`,
  },
  SP5012: {
    title: 'recorded state moved by someone else',
    explanation: `The branch of this host in the state repository points neither at the commit that the run started from nor at the one it made. Someone committed to it or reset it by hand, or two machines share one state directory.

The files on the host are as the run left them; only their record is not written. Compare the commits, put the branch back to where the run started, then run \`setpoint recover\`, which records the run.`,
  },
  SP5013: {
    title: 'another process works in the state repository',
    explanation: `A lock file of git lies in the state repository, and a live process still uses it. setpoint removes such files when they were left by a git that was killed, but not while a process that may need them is alive.

Wait until the process named in the message has ended, then run the command again.`,
  },
  SP5015: {
    title: 'host name cannot name a branch',
    explanation: `Recorded state lies on one git branch a host, setpoint/<host>. The host name has characters that git refuses in a branch name.

Give the host another name with --host, SETPOINT_HOST or the file /etc/setpoint/host: letters, digits, dashes, underscores and single dots.`,
  },
  SP5016: {
    title: 'state directory of another host name',
    explanation: `The state repository records a host under another name and has nothing under the present one, or an open run was begun under another name: it can only be recorded under that one, so nothing of it is touched. Most often the machine was renamed, or --host or SETPOINT_HOST is missing or wrong. Going on would forget what is managed: values that setpoint changed would be taken for the originals, and nothing could be given back.

Name the host as before: with --host, with SETPOINT_HOST, or for good in the file etc/setpoint/host below the root. The name in that file wins over the machine's own, so a renamed machine keeps its record. To plan for another host: \`setpoint plan --against=recorded --host NAME\`.

A machine that shares its name with another one (SP5084) gets a new name without its record: release what it manages, remove its state directory, then rename it.`,
  },
  SP5030: {
    title: 'workspace repository owned by another user',
    explanation: `Git refuses to read a repository that belongs to another user, because its configuration could run commands as you. This is common with sudo and in containers, where the checkout was made by somebody else.

When you trust the checkout, tell git so with the command that the message shows; otherwise run setpoint as the user that owns it.`,
  },
  SP5032: {
    title: 'no such commit in the workspace',
    explanation: `The revision is no commit of this clone of the workspace: mistyped, on a branch that was not fetched, or beyond the end of a shallow clone.

\`git log --all --oneline\` lists what there is; \`git fetch\` brings what there is elsewhere.`,
  },
  SP5031: {
    title: 'git failed on the workspace',
    explanation: `A git command that setpoint ran on the workspace's repository ended with an error; the message has git's own words.

Run \`git status\` in the workspace: what stops it there stops setpoint too.`,
  },
  SP5050: {
    title: 'audit log had an incomplete last record',
    explanation: `The last line of the audit log was not a whole record, as a power failure in the middle of writing leaves it. setpoint moved it to audit.quarantine beside the log and went on after the last whole record. The run it belonged to is settled from its journal.

Nothing needs to be done after a power failure. Without one, compare audit.quarantine with the commits of the time: someone may have edited the log.`,
  },
  SP5051: {
    title: 'audit log does not verify',
    explanation: `Each record of the audit log carries a hash over its content and the hash of the record before. A record was changed, removed, inserted or reordered: its hash, its link or its number does not fit.

Compare with the Audit-Head trailers in the state repository's commits: they name the head of the log at that time and tell how far it can be trusted. setpoint history verify looks for every one of them.`,
  },
  SP5052: {
    title: 'audit log cannot be read or written',
    explanation: `The audit log in the state directory could not be read, or a record could not be appended, for example because the disk is full, the file system is read-only or permission is missing. What was written of the record was taken back.

Repair the cause, then run the command again.`,
  },
  SP5060: {
    title: 'a kept run could not be backed up',
    explanation: `After a run is kept, what it replaced goes to the backup store in the state directory, before the old files are dropped. That failed, most often because the disk is full; the message has the system's own words.

The run itself is kept and recorded: a backup that fails never takes a healthy change back. \`setpoint backup restore\` cannot undo this run; \`git revert\` of the plan file and an apply can. Free space, so that the next run is backed up.`,
  },
  SP5061: {
    title: 'backup object missing or damaged',
    explanation: `Backups are kept as objects named by the SHA-256 of their content, and each read is compared with that name. This object is not there, or its content is not what its name says: a disk error, or someone changed the file. It is never used; the snapshots that need it are named.

Copy the object back from a mirror (\`backups.mirror\`); one that is used only by the record of a file that keeps no copy was never mirrored. Other files of the same snapshots can still be restored by naming their paths. Run \`setpoint backup verify\` for all of them, and look at the disk.`,
  },
  SP5062: {
    title: 'snapshot cannot be read',
    explanation: `A file in backups/snapshots is no snapshot any more: its text or its digest is wrong. As long as it is there no object is removed by a prune, because nobody knows which ones it names.

Copy it back from a mirror, or move it out of the directory.`,
  },
  SP5063: {
    title: 'snapshot of a newer version',
    explanation: `A snapshot was written by a newer setpoint in a format that this one does not know. Nothing is guessed: it is left alone, and no object is removed by a prune while it is there.

Use the version that wrote it, or a newer one.`,
  },
  SP5064: {
    title: 'no such backup',
    explanation: `No snapshot has a run id that begins so, or several have, or the snapshot has no such file. Only runs that were kept and wrote files have one, until it is pruned.

\`setpoint backup list\` shows them; \`setpoint backup list PATH\` those that have a file.`,
  },
  SP5069: {
    title: 'the file did not exist before the run',
    explanation:
      'The backup says that the run created this file, so there is no content to print. A restore of it removes the file.',
  },
  SP5065: {
    title: 'a file cannot be restored as things stand',
    explanation: `What stands where the file was is no plain file that could be replaced: a directory, a device, a symbolic link, a mount point, a file with several names, or one that cannot be read. Nothing was changed.

Look at the path, put things right by hand, or name only the other files of the snapshot.`,
  },
  SP5066: {
    title: 'mirror of backups cannot be used',
    explanation: `\`backups.mirror\` in setpoint.yaml names a place that is no second place: it lies inside the state directory, whose loss a mirror is for.

Name a directory on another disk by its absolute path, or a git remote (for a local one \`file:///path\`).`,
  },
  SP5067: {
    title: 'mirror of backups not up to date',
    explanation: `Backups could not be copied to the mirror, or not within ten seconds. The run is not affected: a mirror is updated after it, and its exit code never depends on that.

What is missing is noted in backups/outbox.json; the next apply, recover or backup command copies all that retention has kept, also an apply with nothing to do. \`setpoint status\` and \`setpoint doctor\` tell how much is missing, and since when. Repair the cause that the message names. Credentials in a git remote are never shown.`,
  },
  SP5068: {
    title: 'old backups could not be removed',
    explanation: `After an apply, backups that no retention rule wants are removed. That failed; the message has the system's own words. The apply itself is not affected, and what is left is removed the next time.

\`setpoint backup prune --dry-run\` shows what would go.`,
  },
} as const satisfies Record<string, CodeEntry>;
