import type { CodeEntry } from './entry.ts';

/** SP4xxx: runs: gates, audits, transactions, recovery. */
export const runningCodes = {
  SP4101: {
    title: 'a health gate is red',
    explanation:
      'A gate did not get the good answers it needs in its time. Red before a change, nothing is done (exit 7): make the host healthy first, or say `--allow-unhealthy`. Red after a change, the change is taken back. The message names the last answer; `setpoint check` asks the gates again without changing anything.',
  },
  SP4102: {
    title: 'processes cannot be seen',
    explanation:
      'Proof that a component restarted with its new arguments comes from /proc, which cannot be read here (no permission, or a container without the process namespace of the host). Without it a gate could pass on the old process. Run setpoint where it sees the processes of the host, or say `restartProof: weak` at the resource to do without this proof.',
  },
  SP4103: {
    title: 'the new process keeps exiting',
    explanation:
      'The process with the new arguments was seen to start and exit again and again, so setpoint stops waiting for it. An unknown flag, a wrong value or a missing file are the usual reasons. Where the container runtime answers, the message has attempt, exit code and reason of the container and its last log lines; else the last lines of its file in /var/log/pods. Check the arguments that the plan sets.',
  },
  SP4104: {
    title: 'a file that a check needs cannot be read',
    explanation:
      'The `ca`, `cert`, `key` or `kubeconfig` of a check is missing, not readable or not a valid PEM file. An absolute path is looked up on the host (inside `--root`), any other one in the copy of the workspace that the run made.',
  },
  SP4105: {
    title: 'a kubeconfig cannot be used by a check',
    explanation:
      'setpoint takes the certificate authority and the client certificate or token of the current context. Credential plugins (`exec`, `auth-provider`) are never run by a gate, and tokens are never sent over plain http. Give a kubeconfig with a client certificate, e.g. the admin.conf of kubeadm, or `ca:`, `cert:` and `key:`.',
  },
  SP4106: {
    title: 'the endpoint wants other credentials',
    explanation:
      'Something answers, but with 401 or 403: it is alive, and nothing is known about its health. With `--anonymous-auth=false` the API server refuses unauthenticated health requests. Default gates present the client certificate of /etc/kubernetes/admin.conf where it can be read. Give the gate a `kubeconfig:`, or `cert:` and `key:`; if 401 is the answer you want to see, say `status: [401]`.',
  },
  SP4107: {
    title: 'an audit is red',
    explanation:
      'The change was made and the host is healthy, but the check that the change has its intended effect failed, so the change is taken back. The message names what the check found.',
  },
  SP4110: {
    title: 'a file got a fresh identity, because its old bytes did not come up',
    explanation:
      'The change was taken back, byte for byte, and the gates stayed red: the kubelet may hold on to a pod that it had before, because the old manifest has the very uid that this pod had. So the run set the annotation `setpoint/renewed` with its own id in `metadata.annotations` of the manifest, once, which makes it another pod to the kubelet, and asked the gates again. Nothing else in the file differs from before the run. The recorded state has the file as it is now, so the annotation is no drift. It may stay; taking it out restarts the pod.',
  },
  SP4111: {
    title: 'a file could not get a fresh identity',
    explanation:
      'The change was taken back and the gates stayed red. Once in a run setpoint would add an annotation to the manifest, so that the kubelet takes it for another pod. It did not: the message says why. With `metadata.uid` in the manifest the uid is not made from its content; a manifest written with anchors or aliases, through its own inode (`write: in-place`), or changed by somebody else while the run was open is left as it is. See why the pod does not start (`crictl ps -a`, the log of the kubelet), then run `setpoint recover`.',
  },
  SP4203: {
    title: 'a file belongs to a run whose revert failed',
    explanation:
      'An earlier run could not put its files back, so nobody knows yet what they should be. They are closed to further applies until that run is settled: `setpoint recover --dry-run` shows every version of its files, and `setpoint recover RUN` with `--take-old`, `--take-new` or `--keep-live` settles it.',
  },
  SP4204: {
    title: 'progress could not be shown any more',
    explanation:
      'The terminal, pipe or file that the progress of a run is written to failed while the run went on. The run itself is not affected; its report is in the state directory and in `setpoint history`.',
  },
  SP4205: {
    title: 'an action failed on the restored files',
    explanation:
      'After a revert the `onChange` actions run again, so that what reads the files takes up the old ones. This one failed. It does not keep the revert from being complete, because it failed on the new files in the same way, or the gates are as good as they were before, or a person asked for it with `setpoint recover` once more. An action that passed on the new files and fails on the old ones ends in `revert-failed` first.',
  },
  SP4206: {
    title: 'somebody else changed a file while the run was open',
    explanation:
      'The run had to be taken back, and a file of it had been changed by somebody else meanwhile. Where their edit and the one of the run do not touch the same lines, only the lines of the run are taken back and theirs stay; the version that was found is kept in the folder `runs/<run>/foreign` of the state directory. Where they do, no file of the run is restored, and the commands for a person name both versions.',
  },
  SP4207: {
    title: 'a run stays open although it is settled',
    explanation:
      'The files are as the message says, and so is the record; the exit code tells that. But something that the run made could not be removed (a directory `.setpoint-stage-<run>` beside the files that is immutable, mounted on or on a file system that became read-only), or its end could not be noted, so its journal is still there. Remove the cause, which the diagnostic before this one names; `setpoint recover` then removes what is left. `setpoint recover --dry-run` shows what that is. The next apply does the same first, and stops with exit code 4 as long as it does not succeed.',
  },
  SP4208: {
    title: 'what a run kept beside its files was moved away',
    explanation:
      'While a run is open, the old versions of its files wait in a directory `.setpoint-stage-<run>` beside them. Somebody renamed the directory that this one is in, so that it was not in its place when the run was settled. The run is settled all the same; the directory is left, because what it is in now is not what the run knew. Compare `N.old` with the live files, then remove it. One that was moved further away is not found.',
  },
  SP4209: {
    title: 'the root of an open run was moved away',
    explanation:
      'While a run was open, somebody moved its root or its state directory, or put another one in its place. Whatever setpoint did by the old names would make that path anew, or touch the files of somebody else, so it does nothing more. The run is open where its journal is now: `setpoint recover --root` with that place settles it.',
  },
  SP4220: {
    title: 'the journal of an open run was written by a newer setpoint',
    explanation:
      'An open run can only be settled by a version that knows its journal; guessing could mix old and new files. Run `setpoint recover` with the version named in the message or a newer one, then go on.',
  },
  SP4221: {
    title: 'the journal of an open run is damaged',
    explanation:
      'The journal in the state directory is not what setpoint wrote: its checksum is wrong or parts are missing. Journals are replaced by one rename, so a crash does not do this; a failing disk or a person does. The folder `runs/<run>` and the directories `.setpoint-stage-<run>` beside the files still hold old and new content. Put the files into the state you want, then move the journal file away; the help has the commands. `setpoint doctor` tells how to clear away what the run left until the moved file is removed, too.',
  },
  SP4222: {
    title: 'the decision of a run cannot be read',
    explanation:
      'Whether a run is kept or reverted stands in one file that is written whole and never changed. This one was edited or damaged, or written by a newer setpoint: then recover with that version. Otherwise nobody can say what was decided, so a person does: `setpoint recover --dry-run` shows every version of the files, and `setpoint recover RUN` with `--take-old`, `--take-new` or `--keep-live` settles it. The file that cannot be read is kept as `decision.damaged` in the folder of the run.',
  },
  SP4223: {
    title: 'an open run is about files outside the root',
    explanation:
      'Its journal names a file that is not inside the root. A journal of an earlier setpoint notes where the root was mounted when the run began; the root was moved, copied or mounted elsewhere since, and the files at the place that is noted may belong to somebody else. So nothing is read or written there. Put the root where it was, or mount it there, and recover; when that is not possible, put the files into the state you want and move the journal away. Journals of this version name files from the root on and are recovered wherever the root is.',
  },
  SP4230: {
    title: 'the guardian did not start',
    explanation:
      'Before a run writes anything, a second process has to stand by which takes the change back if the command dies: killed by a job runner, by the out-of-memory killer, with its terminal. It runs a copy of setpoint in the folder `recovery` of the state directory and shares the run lock. It did not become ready, so nothing was changed. `guardian.log` in the state directory has its own words. `setpoint apply --no-guardian` goes without one: a run that is killed then stays as it is until the next command, or until the next boot where boot units are installed. `setpoint recover` with a choice goes on without, with a warning: a choice that is cut off is carried out by the next command.',
  },
  SP4231: {
    title: 'the recovery program is missing from this installation',
    explanation:
      'Guardian and boot units run one file, `dist/recovery/recovery.mjs`, with a native addon beside it; both are part of the package. They are not there: the installation is incomplete, or setpoint runs from sources that were not built. Reinstall it, or build it with `npm run build`.',
  },
  SP4240: {
    title: 'no run waits to be confirmed',
    explanation:
      '`setpoint confirm` decides about a run of `apply --confirm-within` that is proven healthy and waits for a person. None does: it was decided, its time was over, or it still waits for its gates. `setpoint status` shows open runs, `setpoint history` what became of the others.',
  },
  SP4241: {
    title: 'the run does not wait any more',
    explanation:
      'Somebody else confirmed or rejected it, or it was taken back because its time was over. The first decision counts. The answer shows how the run ended.',
  },
  SP4242: {
    title: 'files were changed while the run waited to be confirmed',
    explanation:
      'What is confirmed must be what was proven healthy. Files of this run were changed since by somebody else, so nothing was decided. Take the edit out and confirm again, or take the run back with `setpoint confirm --reject RUN`: where their edit and ours are neither in the same lines nor side by side, theirs stays; else nothing is written, the run ends revert-failed (exit 4), and a person chooses with `setpoint recover`.',
  },
  SP4243: {
    title: 'too late to confirm',
    explanation:
      'The time of `--confirm-within` is over, or the host was restarted while the run waited, so the change is taken back and its plan held. That is what the wait is for: a change that cuts you off undoes itself. Apply again with `--retry-held --reason TEXT`, and a longer time if you need one.',
  },
  SP4244: {
    title: 'the run left no report',
    explanation:
      'The run is settled: it has no journal any more. But its report in `runs/<run>/` of the state directory is missing or cannot be read, so how it ended has to be seen from `setpoint history` and `setpoint status`.',
  },
  SP4245: {
    title: '`--confirm-within` is for one plan',
    explanation:
      'A person confirms one run, and a run is what one plan does. Several plans would change the host here. Name one of them and apply the others before or after it.',
  },
  SP4246: {
    title: '`--confirm-within` needs the guardian',
    explanation:
      'The apply ends while its run waits to be confirmed. The guardian is the process that stays, holds the run lock and takes the change back when nobody confirms it. Without it nothing would happen when the time is over.',
  },
  SP4247: {
    title: 'the guardian does not carry the decision out',
    explanation:
      'A decision about the run is written, but the guardian, which has the run lock and is to carry it out, did nothing for as long as `--lock-timeout` says. It is stopped (SIGSTOP, a debugger, a frozen control group) or hangs. The decision stands whoever carries it out: let the guardian go on, or end it by its pid and run `setpoint recover`.',
  },
  SP4248: {
    title: 'the proposal of the run is damaged',
    explanation:
      'What `setpoint confirm` would decide is prepared in `runs/<run>/proposal.json` of the state directory. That file cannot be read: somebody edited it, or the disk damaged it. Nobody guesses what was proven, so the run cannot be kept: a guardian that still waits takes it back when the time is over or when it is told to end (SIGTERM), and where nobody works on it `setpoint recover` does. The help says which of these is so. Then apply again.',
  },
  SP4250: {
    title: 'several runs need a person',
    explanation:
      'What to do with the files is decided run by run. `setpoint recover --dry-run` shows every run with its versions; name the one that you mean: `setpoint recover RUN --take-old`.',
  },
  SP4251: {
    title: 'no such open run',
    explanation:
      'No run that begins so is open, so there is nothing to settle. Runs that are settled are in `setpoint history`; open ones are shown by `setpoint status` and `setpoint recover --dry-run`.',
  },
  SP4252: {
    title: 'the files cannot be settled as chosen',
    explanation:
      'Every file of a run is looked at before the first one is written: the version that was chosen must still be there, and what somebody else wrote must be kept first. One of the two is not possible for at least one file, so none was written. `setpoint recover --dry-run` shows which versions are left and where; choose another one, or remove the cause (make room on the disk, move a directory out of the way).',
  },
  SP4253: {
    title: 'the run was settled by hand, but its health is not proven',
    explanation:
      'A person chose what the files of this run are to be, so gates and actions that fail do not change that any more. They are recorded (`applied, unproven`). Make the host healthy; `setpoint check` asks the gates again.',
  },
  SP4254: {
    title: 'what somebody else wrote is kept',
    explanation:
      'Before a file is settled, bytes that neither the old nor the new version has are copied into the folder `runs/<run>/foreign` of the state directory. Nothing removes them but you.',
  },
  SP4255: {
    title: 'the run is being settled in another way',
    explanation:
      'Somebody chose what to do with the files of this run, and was cut off before it was done. Half of one choice and half of another would mix versions, so the first one has to be finished: `setpoint recover`. If it cannot be finished, that command says so and every choice is open again.',
  },
  SP4256: {
    title: 'nothing was left to choose',
    explanation:
      'The run was only left open by a command that ended; recovery settled it in the ordinary way, so the choice was not needed and was not carried out.',
  },
  SP4260: {
    title: 'a file belongs to a run that is not settled',
    explanation:
      'The command that applied the run ended before it was settled, so nobody knows yet whether the file will be the old or the new one. The library does not write such a file. Settle the run with `setpoint recover`; any other command that changes the host does the same first.',
  },
  SP4261: {
    title: 'a run was settled without the locks of its files',
    explanation:
      'Another process held the lock of a file of the run for longer than a write takes: it hangs or is stopped. Recovery did not wait any longer, because old files that do not return are worse. Such a writer compares the file again right before it writes and then gives up, so nothing is lost; look at the process that the message names.',
  },
  SP4262: {
    title: 'a file cannot be written by the library',
    explanation:
      'The path is something that cannot be replaced safely: a directory, a device, a file with several names, a mounted file, a symbolic link to nowhere, or it is too large. The message says which. Nothing was written.',
  },
  SP4263: {
    title: 'a file is not what the caller expected',
    explanation:
      'The caller named the digest of the content that it wants to replace, or said that the file is there (or is not), or somebody who does not take the lock of the path changed the file while it was being written. Nothing was written. Read the file again and decide anew.',
  },
  SP4264: {
    title: 'the changes of a transaction contradict each other or are not complete',
    explanation:
      'Each change of a library transaction has one of create, replace, delete and move, and no property that this one does not take: a misspelt `expected` would be a condition that nobody checks. It names one file by its absolute path in well-formed Unicode, each file at most once, also where symbolic links lead two paths to one file; no file is a directory on the way to another. A digest is 64 lower-case hex digits, a mode at most 0o7777. Nothing was written.',
  },
  SP4265: {
    title: 'a file of a kept transaction was changed by somebody else',
    explanation:
      'Between the commit point of a transaction and the rename of this file somebody who does not take locks changed, created or removed the file; where the transaction was cut off, at any time before it was recovered. Their version stays, the other files are new. What the transaction has for the file is kept in the folder `runs/<run>/new` of the state directory, where nothing removes it but you. Look at the file and write it again if you want that version.\n\nThe transaction itself resolves with this warning in `problems`. Recovery has it as the reason of the run, in its report and in the audit log, and exits 4; the run is settled all the same.',
  },
  SP4266: {
    title: 'a transaction was not begun because an earlier run had to be settled',
    explanation:
      'The command that applied an earlier run had died. Its run was settled first, and that ended in a revert or needs a person. The files may now be other ones than the caller saw, so the transaction was not begun. `setpoint status` tells what is left to do; then call it again.',
  },
  SP4267: {
    title: 'a transaction could be neither committed nor taken back',
    explanation:
      'The record that commits the transaction was written but could not be made durable, and could not be removed either: the disk of the state directory fails. No file has changed yet. As long as the record is there, the next command that changes the host carries the transaction out, and other writes of its files are refused.',
  },
  SP4268: {
    title: 'a kept transaction is not finished',
    explanation:
      'The transaction is decided and durable, but some file, or the record of its end, could not be written. Its files are closed to other writes until it is finished: the next command that changes the host does that, or `setpoint recover`. The message says what failed.',
  },
  SP4270: {
    title: 'no run to take back',
    explanation:
      '`setpoint revert` takes back one run that was kept on this host: name its id, the beginning of it, or the workspace commit that it applied. A run that was reverted when it was applied changed nothing.',
  },
  SP4271: {
    title: 'the run cannot be taken back without losing what came later',
    explanation:
      'A revert takes out of each file what one run wrote and leaves everything later alone. Here something later is about the same lines or items, so there is no version of the file that has the one without the other. Nothing was changed. Say in the plan file what is wanted now, or, while there is a backup of the run, put whole files back with `setpoint backup restore`, which loses what came after.',
  },
  SP4272: {
    title: 'the run gave files back',
    explanation:
      'The run released files: nobody manages them any more, and what was written there is not recorded. To manage them again, `git revert` the commit that took them out of the plans and apply; where a `setpoint revert` gave them back, no commit did, and `setpoint apply --retry-held --reason TEXT` is enough. To have only the content, `setpoint backup restore`, while there is a backup of the run: nobody manages the files then, and a plan that begins to takes that content for their original.',
  },
} as const satisfies Record<string, CodeEntry>;
