import type { CodeEntry } from './entry.ts';

/** SP6xxx: the host: files, locks, permissions. */
export const hostCodes = {
  SP6001: {
    title: 'the root directory cannot be used',
    explanation:
      '`--root DIR` makes setpoint work on DIR as if it were `/`. DIR must exist, be a directory, and be readable. setpoint never creates it: a misspelt root would otherwise look like a host on which everything is missing.',
  },
  SP6002: {
    title: 'no valid host name',
    explanation:
      "A host name selects plan files and names the branch of the recorded state. It comes from `--host`, then SETPOINT_HOST, then `<root>/etc/setpoint/host`, then the machine's own name (under `--root`: its etc/hostname). It may hold letters, digits, `.`, `_` and `-`, at most 253 characters, must not begin with a dot or a dash and must not contain `..`.",
  },
  SP6003: {
    title: 'no place for the state directory',
    explanation:
      'A user other than root keeps state in `$XDG_STATE_HOME/setpoint` (default `~/.local/state/setpoint`); for root and under `--root` it is `<root>/var/lib/setpoint`. The path could not be worked out: the home directory is unknown, a symbolic link on the way leads nowhere, or a directory on the way is closed to this user.',
  },
  SP6010: {
    title: 'no space left',
    explanation:
      'The file system is full (bytes or inodes: see `df -h` and `df -i`). setpoint writes beside the target and renames only what is complete, so the file that was to be replaced is still whole. Free space and run the command again.',
  },
  SP6011: {
    title: 'read-only file system',
    explanation:
      'The file system is mounted read-only, or the kernel made it so after an error (`dmesg` tells). Nothing was written. Remount it writable and run the command again.',
  },
  SP6012: {
    title: 'permission denied',
    explanation:
      'The user that runs setpoint may not do this. Run it as root or as the owner of the file. When root is refused too, look for an append-only directory or file (`lsattr -d`), which setpoint never changes by itself (what is immutable has a code of its own, SP6061), or for a security module in the audit log.',
  },
  SP6013: {
    title: 'disk quota exceeded',
    explanation:
      'The disk quota of the file owner is used up (`quota -v`). The file that was to be replaced is still whole. Free space or raise the quota and run the command again.',
  },
  SP6014: {
    title: 'input/output error',
    explanation:
      'The kernel could not read or write the storage. What was written last must be taken as lost, so setpoint does not try again on the same file. Look at `dmesg`, repair the storage, then run `setpoint recover`.',
  },
  SP6015: {
    title: 'a file operation failed',
    explanation:
      'The operating system refused a file operation; the message holds the path and the reason in its own words.',
  },
  SP6016: {
    title: 'a written file does not hold what was written',
    explanation:
      'After writing a new file its size, owner or permission bits are not what was asked for. A security module, a file system without owners, or another process is the usual cause. The new file was thrown away; the target is untouched.',
  },
  SP6017: {
    title: 'too many open files',
    explanation:
      'A process may only have so many files open at a time (`ulimit -n`), and so may the machine (`/proc/sys/fs/file-max`). The limit was reached; Node.js alone needs about 30. Nothing that was not complete is in place. Raise the limit where setpoint is started, in a systemd unit with LimitNOFILE=, and run the command again.',
  },
  SP6020: {
    title: 'another setpoint command is running on this host',
    explanation:
      'One run at a time: the lock in the state directory is held. It is a kernel lock, so it is never stale: it ends with the process that holds it. Wait, or give `--lock-timeout 5m` to wait longer. The lock file itself must never be deleted.',
  },
  SP6021: {
    title: 'the lock file cannot be used',
    explanation:
      'setpoint keeps its lock in the state directory, which must be writable and belong to the user that runs it. Use the user that made it, or remove a state directory that was made by mistake.',
  },
  SP6022: {
    title: 'the state directory belongs to another user',
    explanation:
      'Root may write into the state directory of another user, so the command went on. But that user can change what is recorded and what a recovery as root carries out, and does not see the processes of root that hold its locks. Use one user for one host: give the directory to root, or run setpoint as its owner.',
  },
  SP6023: {
    title: 'others could change the state directory',
    explanation:
      'Journals in the state directory decide which bytes a recovery writes, perhaps as root. So the directory is private (0700), and nothing in it that setpoint goes by may belong to another user or be writable by others; nor may others be able to swap a directory above it. Commands that write refuse; `doctor` says the same. Find out what was changed, remove what is not yours, then repair owner and mode with the command in the help.',
  },
  SP6030: {
    title: 'the native addon does not load',
    explanation:
      'Kernel locks and extended attributes need the package fs-native-extensions, which carries binaries for Linux (glibc) on x64 and arm64. There is none that works here (for example on musl). setpoint does not fall back to weaker locks, which are known to let two runs through; install it on a supported platform, with optional files and prebuilds intact.',
  },
  SP6031: {
    title: 'extended attributes cannot be kept',
    explanation:
      'The file has extended attributes (an ACL, an SELinux label, capabilities or user attributes) which a replacement must carry as well, and the kernel refused to set one of them. Run as root, or remove the attribute from the file if it is not needed.',
  },
  SP6032: {
    title: 'the owner cannot be kept',
    explanation:
      'The file belongs to another user or group, and only root may give a replacement the same owner. Run setpoint as root or as the owner of the file.',
  },
  SP6040: {
    title: '/proc cannot be read',
    explanation:
      'Processes, mount points and the boot id are read from /proc, which is missing or not readable here. Mount it (`mount -t proc proc /proc`) and run the command again.',
  },
  SP6050: {
    title: 'a workspace file changed since it was planned',
    explanation:
      'A run executes exactly what was planned: files of the workspace that it needs (sources, check scripts, certificates) are copied first and compared with the digests in the change set. One of them differs or is gone. Plan again.',
  },
  SP6051: {
    title: 'the boot units could not be installed',
    explanation:
      'Two systemd units settle runs that were open when the machine went down: one puts the old bytes back before anything reads them, one proves and records it later. Writing them below /etc/systemd/system, or telling systemd about them, failed. Nothing else depends on it: until `setpoint install-recovery` succeeds, such a run waits for the next command after the boot.',
  },
  SP6052: {
    title: 'boot units were installed',
    explanation:
      'The first apply on a host that runs systemd installs two units which settle, after a crash of the machine, what was open: `setpoint-restore.service` puts old bytes back before anything reads them, `setpoint-verify.service` proves and records it later. `setpoint install-recovery --print` shows them, `--remove` takes them away for good.',
  },
  SP6080: {
    title: 'a file is being written by another process',
    explanation:
      'Whoever writes a file of this host through setpoint or its library first locks the path of that file. It is a kernel lock on one byte of the file `locks` in the state directory, so it is never stale: it ends with the process that holds it. The message names the path and the process; `setpoint locks` shows all of them. Wait, or give `--lock-timeout 5m` to wait longer.',
  },
} as const satisfies Record<string, CodeEntry>;
