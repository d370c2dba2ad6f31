import type { CodeEntry } from './entry.ts';

/** SP508x: the remote of the recorded state. */
export const stateRemoteCodes = {
  SP5080: {
    title: 'recorded state not pushed',
    explanation: `After the runs of a command the branch of this host is pushed to \`state.remote\` of setpoint.yaml, within ten seconds and never by force. It did not work: the remote could not be reached, refused the push, or did not answer in time. The message has the remote's own words; credentials are never shown.

Over ssh: \`Permission denied (publickey)\` means that no key of the user who runs setpoint (root under sudo) may log in there; \`Host key verification failed\` that the server is not in the known_hosts of that user, or that its key has changed: setpoint asks nobody whether to trust it, \`ssh HOST\` once as that user does. Over http: a user name and password come from a credential helper of git, nobody is asked for them.

Nothing is lost and no exit code changes: the record is on this host. The next command that takes the run lock pushes again, and \`setpoint state push\` does it at once. \`setpoint status\` counts what the remote has not got yet.`,
  },
  SP5081: {
    title: 'state.remote is no place for recorded state',
    explanation: `\`state.remote\` is the address of a git repository: a URL (\`ssh://\`, \`https://\`, \`file://\`), git's short form \`user@host:path\`, or an absolute path on the machine that runs setpoint. A place inside the state directory is refused, because it would be lost together with what it is a copy of; so are remote helpers (\`ext::\`, \`name::\`), because they are programs that the address starts.

Use a repository of its own for recorded state: everyone who may read it sees the managed files.`,
  },
  SP5082: {
    title: 'recorded state of this host is only at the remote',
    explanation: `Nothing is recorded on this machine, but the remote has a record under its host name. The state directory was lost (a new disk, a reinstalled machine), or another machine has the same name. Without the record setpoint would take values that it changed itself for the originals: nothing could ever be given back, so it refuses.

\`setpoint state pull\` takes the record from the remote: right when this is the same machine and its files are still those that were managed. \`setpoint state adopt\` begins an empty record on top of it: right for a machine that was installed anew. Both keep the history of the remote. If another machine has the name, give this one a name of its own in /etc/setpoint/host.`,
  },
  SP5083: {
    title: 'recorded state cannot be looked for at the remote',
    explanation: `Nothing is recorded on this machine, and \`state.remote\` could not be asked whether it has a record of this host. If it has one, applying now would take values that setpoint changed for the originals.

Repair the way to the remote and run the command again. When you know that this host never had a record there, \`setpoint apply --new-host\` goes on; it is recorded with the run. Should the remote have a record after all, the next push says so and overwrites nothing.`,
  },
  SP5084: {
    title: 'two hosts of one name',
    explanation: `The branch of this host at the remote was written by a machine with another host id (the random id in host.json that the first run gives a machine). Two machines use one name, or one machine was installed anew and its record was not pulled. setpoint pushes nothing there and overwrites nothing; both ids are in the message.

When there are two machines, give one of them another name in /etc/setpoint/host before its first run. One that has runs already keeps its record under the name it has: let it release what it manages first (apply without its plans), then remove its state directory and rename it. When it is one machine that was installed anew, \`setpoint state adopt\` puts its record on top of the older one.`,
  },
  SP5085: {
    title: 'recorded state at the remote is ahead of another history',
    explanation: `The remote has runs of the same host id that are not recorded here. Most often the state directory (or the whole disk) was put back from an older copy, or the machine was cloned and both copies work. What files were before those runs is recorded only at the remote: an apply that has something to record asks it first, and refuses (exit 6) before anything is changed; a remote that does not answer stops no apply. Nothing is pushed until a person decides; nothing is overwritten.

\`setpoint state pull\` goes on with the record of the remote: right unless the managed files were put back, too. \`setpoint state adopt\` goes on with the record of this host: right when its disk was put back together with the files; files that only the remote has a record of are never given back then, and the message names them. Both join the two histories; no commit is lost. If two machines work with one host id, give one another name and remove its state directory.`,
  },
  SP5086: {
    title: 'recorded state was rewritten at the remote',
    explanation: `What this host pushed earlier is no part of its branch at the remote any more: somebody reset the branch, rewrote its history or pushed by force. setpoint pushes nothing until a person decides; nothing is overwritten.

Find out who did it and why: the remote's record may have been tampered with. The record on this host is whole. \`setpoint state adopt\` puts it on top of what the remote has now, so that no commit is lost. Forbid forced pushes to the repository.

\`setpoint state pull\` shows the commits and runs that would count no more, and takes what is there only when it is named: \`--accept-rewrite REV\`. Audit log and state commit say who accepted it; what was recorded here stays beneath it in the history.`,
  },
  SP5087: {
    title: 'recorded state cannot be exchanged while a run is open',
    explanation: `\`state pull\` and \`state adopt\` change what is recorded. A run that is open would be recorded on top of something else than it began with, so it has to be settled first.

Run \`setpoint recover\`; \`setpoint status\` lists open runs.

When state.git itself was lost, what the open run prepared for its record was lost with it, and no recovery can record it. \`setpoint recover\` settles its files all the same; then set its journal aside with the command of the message. The record that is pulled afterwards does not know of the run: \`setpoint plan\` shows where the files differ.`,
  },
  SP5088: {
    title: 'nothing at the remote, or no remote',
    explanation: `The command works with the remote of the recorded state, but setpoint.yaml names none (\`state.remote\`), or the remote has no branch of this host yet.

Name a git repository in setpoint.yaml. The first push makes the branch.`,
  },
  SP5089: {
    title: 'nothing recorded about this path',
    explanation: `No plan manages this file on this host, so nothing is recorded about it. \`setpoint state list\` shows every managed file.`,
  },
  SP5094: {
    title: 'recorded without a signature',
    explanation: `\`state.signingKey\` of setpoint.yaml wants the commits of the recorded state signed, and it worked when the run began, but not when it was recorded: the key is gone, its agent has ended, or a guardian or the boot units settled the run and may not use it. A record counts more than its signature, so the commit was made without one.

Nothing has to be repaired. \`setpoint state verify\` counts signed and unsigned commits; a later signed commit covers what is beneath it.`,
  },
  SP5095: {
    title: 'recorded state cannot be signed',
    explanation: `\`state.signingKey\` of setpoint.yaml names a private ssh key that signs every commit of the recorded state. Before anything is changed a command makes a signature to try it, and it could not be made. Nothing was changed.

The key is a file of the machine that runs setpoint, readable by the user who runs it (root under sudo), with mode 0600. Nobody is asked for a passphrase: a key that has one must be in the ssh-agent that SSH_AUTH_SOCK names. \`ssh-keygen\` has to be installed (Debian: openssh-client).`,
  },
  SP5096: {
    title: 'signature in the recorded state is not accepted',
    explanation: `\`setpoint state verify\` held the signatures of all commits against \`state.allowedSigners\`. These are no good: the commit was changed after it was signed, or the key is not in that file (or not for the principal, namespace \`git\` or time). It is also told when the file cannot be used.

\`git -c gpg.ssh.allowedSignersFile=FILE log --show-signature\` in state.git tells who signed what. When a key was exchanged, keep the old one in the file, with \`valid-before\`. Commits without a signature are only counted: what is beneath a signed commit is covered by it.`,
  },
} as const satisfies Record<string, CodeEntry>;
