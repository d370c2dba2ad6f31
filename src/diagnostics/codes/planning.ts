import type { CodeEntry } from './entry.ts';

/** SP3xxx: ownership, commits, change sets. */
export const planningCodes = {
  SP3001: {
    title: 'two plans declare the same item',
    explanation:
      'An item (one flag, one file) has one owner, so that releasing it is unambiguous. Elements of list flags may be wanted by several plans; a whole value, or a value as a whole and in part, may not. Remove the declaration from one of the plans.',
  },
  SP3002: {
    title: 'the item belongs to another workspace',
    explanation:
      'Another workspace recorded this item on this host. A run touches only plans of its own workspace name. Remove the declaration there and apply that workspace first (this releases the item), then apply here.',
  },
  SP3003: {
    title: 'one file is declared with two kinds',
    explanation: 'A file is managed by one kind: merge the resources, or drop one of them.',
  },
  SP3004: {
    title: 'a file is also the directory of another file',
    explanation:
      'One resource declares a path as a file, another one a file below that path, also where symbolic links lead them there. On a host the path can only be one of the two. Give one of them another path, or drop it. To turn a file into a directory, do it in two commits: first apply without the file, then declare what is below it.',
  },
  SP3010: {
    title: 'the path cannot be managed',
    explanation:
      'setpoint replaces files by renaming a complete new file over the old one. That is not possible or not safe for directories, devices, hard-linked files (the other names would keep the old content), bind-mounted single files and files it may not read. The message names the reason. Hard-linked and bind-mounted files can be written through their inode with `write: in-place`.',
  },
  SP3011: {
    title: 'two manifests define the same pod',
    explanation:
      'The kubelet runs every file of the manifest directory whose name does not begin with a dot, whatever its extension. When two files decode to the same namespace and name, the last name wins at the next relist, so an edit looks effective and is silently undone. Move the copy (often a backup) out of the directory, then plan again.',
  },
  SP3020: {
    title: 'the commit does not follow the one that was applied',
    explanation:
      'The commit applied must be the one that acted last, or a descendant of it: otherwise a pipeline of an old checkout would roll the host back, or bring back a plan that was dropped. Update the checkout. Where history was rewritten (squash merge, rebase, forced push) the same change has another commit now: `--allow-diverged --reason TEXT`, once, goes on, records why, and records this commit even when nothing is to be written; from then on it counts. A saved set does only what was reviewed: where it has nothing to do, say it to an apply without one.',
  },
  SP3021: {
    title: 'this clone cannot tell how the commits relate',
    explanation:
      'The recorded commit is not in this clone, usually because it is shallow. Fetch the history (`git fetch --unshallow`, or fetch-depth: 0 in the pipeline) and try again.',
  },
  SP3022: {
    title: 'inputs differ from the commit',
    explanation:
      'Plan files or files they name were changed without being committed, so the recorded commit would not tell what was applied. Commit them, or use `--allow-dirty`, which records the commit as <sha>+dirty. A file in a git submodule is committed when the submodule is at the commit that the workspace has for it (`git submodule update --init`) and the file is unchanged there.',
  },
  SP3023: {
    title: 'the workspace is not a git repository with a commit',
    explanation:
      'apply records which commit it applied, and `git revert` is the way back: it needs the workspace to be a git repository with at least one commit. Run `git init`, commit `setpoint.yaml` and `plans/`, then apply.',
  },
  SP3024: {
    title: 'a recorded plan is missing here and is not released',
    explanation:
      'A plan that was applied on this host is not among the plan files. It is released only when the git history shows that its file was deleted. A sparse checkout, an uncommitted deletion or a plan that was applied from uncommitted files do not show that. Restore the file, or commit its deletion in a full checkout.',
  },
  SP3030: {
    title: 'the change set is stale',
    explanation:
      'A saved change set executes exactly what was reviewed, once. Since it was made something it depends on changed: the message names what. Of a file that somebody edited three sides are shown: base, which the set saw; theirs, which is live; ours, which the set wanted. Where both touched the same lines they are marked as an overlap. `--format markdown` prints that for a pull request, `--json` has it in `error.conflicts`; docs/guide/saved-sets.md. Plan again and have the new set reviewed.',
  },
  SP3031: {
    title: 'not a change set',
    explanation:
      'The file is not a change set that this version can read: not JSON, another format version, or its digest does not match its content. Make a new one with `setpoint plan --out FILE`.',
  },
  SP3032: {
    title: 'nowhere to save the change set',
    explanation:
      'The directory of the file named with `--out` does not exist. It is not created: a mistyped path would leave directories behind, and a set that holds file contents somewhere nobody looks.',
  },
  SP3033: {
    title: 'the change set is incomplete',
    explanation:
      'It was planned from what is recorded of the host (`plan --against recorded`), and some files that plans name were never recorded: what is in them is not known, so the set says nothing about them. Such a set is for reading. Plan on the host to apply.',
  },
  SP3040: {
    title: 'the plan is held on this host',
    explanation:
      'Its last run with the same inputs ended in a revert. Trying the same thing again would most likely break the host again. Change the plan, or use `--retry-held --reason TEXT`.',
  },
  SP3041: {
    title: 'unknown plan',
    explanation:
      'No plan file of this workspace that matches this host declares the plan named on the command line.',
  },
  SP3042: {
    title: 'a plan comes after one that is not applied',
    explanation:
      'A plan file says `after: [NAME]`: NAME must be applied on this host first. Apply both in one command, or NAME first.',
  },
  SP3043: {
    title: 'a run is open',
    explanation:
      'An earlier command was killed, or still works. What the plan shows is the host in the middle of that run. When a process still holds the run lock, wait for it; otherwise the next apply, or `setpoint recover`, settles the run first.',
  },
  SP3044: {
    title: 'a file that recorded gates or actions use is gone',
    explanation:
      'A plan that is released (its file was deleted), files that are given back and `backup restore` are watched over by the gates and actions as they were recorded, with the scripts and certificates as they were then. Recorded state has copies of them; records of versions before these copies have none, then the folders of earlier runs and the workspace are looked at. The message names the file that none of them has. Put it back into the workspace with the same content, for instance from the commit that was applied. `--offline` goes on without gates.',
  },
  SP3045: {
    title: 'no hosts to plan for',
    explanation:
      '`plan --all-hosts` plans every host that the workspace expects, so that none is forgotten, and `setpoint.yaml` has no `hosts:` list. A host that is named there and has no record yet is told as such.\n\n`plan --against recorded --host NAME` refuses a name of which nothing is recorded when `hosts:` does not have it: a mistyped name would look like a new host.',
  },
  SP3046: {
    title: 'a kind is not recorded by this rule',
    explanation:
      '`record:` says how much of a file the recorded state keeps. Flags of a manifest are compared by their values, so they are recorded with them: `full` or `items`. Of a whole file content and mode are compared by digest, so there is nothing between `full` and `digest`.',
  },
  SP3047: {
    title: 'a file is recorded without copies because it looks like a secret',
    explanation:
      'The recorded state is a git repository that may be pushed to a remote, in clear. A file that holds a private key (PEM, DER, OpenSSH, PGP, PuTTY), an age secret key, the credentials of a kubeconfig, a Kubernetes Secret with data or the keys of an EncryptionConfiguration is recorded without copies, also once it holds none any more: its content stays in the backup store of the host, readable only by its owner. `record: digest` (for a manifest: items) in the plan file says the same without this warning, `record: full` records copies nevertheless.',
  },
  SP3048: {
    title: 'copies recorded earlier stay in the history',
    explanation:
      'From this run on the recorded state keeps no copy of the file. Earlier commits have copies, here and at the remote to which they were pushed: history is never rewritten. Take for granted that a secret in them is known: replace it by a new one.',
  },
  SP3049: {
    title: 'the path of a managed file leads elsewhere now',
    explanation:
      'A managed file is known by its path after symbolic links. Since it was recorded somebody put a symbolic link in its place (or in that of a directory above it), pointed a link on the way elsewhere, or took it away, so the plan now means another file. `apply` neither writes through such a link nor gives the file back that it led to: it refuses. Put the file or the link back (`setpoint drift` shows the commands), or name in the plan file the path that is meant now. To follow the link under the same name, take the resource out of its plan first, commit and apply: the file it led to is given back, or only forgotten where its path is a link now; then declare it again.',
  },
  SP3050: {
    title: 'nothing was approved',
    explanation: 'The changes were shown and not approved. Nothing was changed.',
  },
  SP3051: {
    title: 'the change set has expired',
    explanation:
      'It was saved with `plan --out FILE --expires TIME`, and that time is over. The time is part of what the digest covers: it cannot be moved in the file. Plan again and have the new set reviewed. A set without a time stays good as long as everything that it depends on is the same.',
  },
  SP3060: {
    title: 'no workspace here',
    explanation:
      'No `setpoint.yaml` was found in this directory or above it. Create one with `name: my-workspace`, or name the directory with `-C DIR`.',
  },
  SP3061: {
    title: 'a workspace file cannot be read',
    explanation:
      '`setpoint.yaml`, a plan file or a folder of plan files cannot be read; the message says which and why. Besides missing permission: what leads outside the workspace through a symbolic link, devices and named pipes, files larger than 1 MiB, links that lead nowhere, names that are not UTF-8 text, and a folder reached a second time. Nothing is passed over, because a plan that is not seen looks like one that was deleted.',
  },
  SP3070: {
    title: 'drift is told without the plan files',
    explanation:
      'The plan files of this workspace cannot be read or resolved for this host, so `drift` and `status` compare the host with what is recorded only: what is pending is not known. `setpoint validate` shows every problem. Variables that the plans need are given with --var and --var-file.',
  },
  SP3071: {
    title: 'a rule of drift.ignore is over',
    explanation:
      'The date in `until` of a rule in `setpoint.yaml` has passed: what it ignored counts as drift again. Remove the rule, or give it a later date.',
  },
  SP3072: {
    title: 'a managed file cannot be compared',
    explanation:
      'The file, or the record of it, cannot be read, so whether it drifted is not known. The message names the reason; most often setpoint has to run as root.',
  },
  SP3073: {
    title: 'nothing that drifted has this name',
    explanation:
      '`drift --restore ITEM` puts back, and `drift --adopt ITEM` writes into the plan files, what drifted and is named: a file, FILE#ITEM, a plan, PLAN/RESOURCE or PLAN/RESOURCE/ITEM. What drifted on this host is listed with the error. Items that a rule of drift.ignore names are no drift.',
  },
  SP3074: {
    title: 'drift cannot be put back',
    explanation:
      'Something stands in the way of putting this file back: it cannot be read or edited as its kind, a symbolic link leads elsewhere, its content is not kept in the recorded state, or a run that is open keeps it. Every such file is told, and nothing was changed. Put the file right by hand, or name only what else drifted.',
  },
  SP3075: {
    title: 'a file was not recorded',
    explanation:
      '`drift --record` leaves out what it cannot record: files that cannot be read or are no plain files, files of a run that is open, and files that a link leads elsewhere from. Everything else is recorded. A managed file that is left out stays recorded as it was last seen, with the time and the reason; until a later `--record` or a run sees it again, `plan --against recorded` tells it as `? not observed`, as it does one that nobody manages yet.',
  },
  SP3076: {
    title: 'a secret was not recorded',
    explanation:
      'Nobody manages the file yet, and it holds a private key, or its plan says `record: digest`: no copy of it is made. `plan --against recorded` tells it as `? not observed`. `record: full` in the plan file makes a copy all the same.',
  },
  SP3078: {
    title: 'the host is being changed',
    explanation:
      '`drift` and `status` take no lock: they read the record, then the files. When a run ended meanwhile they look again, so that what it wrote is not told as drift. Runs began or ended each time, so nothing is told. Ask again when they have ended; `setpoint locks` shows who is at work.',
  },
} as const satisfies Record<string, CodeEntry>;
