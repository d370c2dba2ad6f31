import type { CodeEntry } from './entry.ts';

/** SP606x and SP607x: the places that files are written to, and writing in place. */
export const placeCodes = {
  SP6060: {
    title: 'the file is on a read-only file system',
    explanation:
      'The file would have to be written, and its file system is mounted read-only, or the kernel made it so after an error (`dmesg` tells). The message names the mount point: remount it writable. A file that already is as declared is no problem there.',
  },
  SP6061: {
    title: 'the file or its directory is immutable or append-only',
    explanation:
      'Somebody set one of these attributes (`lsattr` shows `i` or `a`), so the kernel refuses even root to write the file, to replace it, or to make and remove names in the directory. The directory may be one further up, in which setpoint stages the new version. The attribute was set on purpose: setpoint never takes it away. Do it yourself with the command in the help if the file is to be managed.',
  },
  SP6062: {
    title: 'this user may not write there',
    explanation:
      'To replace a file, its directory must be writable and searchable for the user that runs setpoint; to write in place, the file itself. Run setpoint as root or as the user that the file belongs to.',
  },
  SP6063: {
    title: 'others could swap the file',
    explanation:
      'Whoever may rename entries of a directory decides what every path below it means: between the plan and the write they can put another directory or a symbolic link there, and setpoint would write with its own rights where they want. So every directory from the root to the file (also those in which a symbolic link on the way stands) must belong to root or to the user that runs setpoint, and must not be writable by others: not by everybody, not by a group other than root (for an ordinary user: other than root and the own primary group). A sticky directory such as /tmp is accepted when its owner is. The help is the command that repairs it. Access lists that let single users write are seen through the group bits only.',
  },
  SP6064: {
    title: 'the file belongs to another user',
    explanation:
      'A replacement gets the same owner, which only root can give. Run setpoint as root or as the user that the file belongs to.',
  },
  SP6065: {
    title: 'the state directory is on a network file system',
    explanation:
      'Locks, exclusive creation and syncs of a network file system are not dependable enough to survive a crash of either side. Keep the state directory on a local disk of the managed host.',
  },
  SP6066: {
    title: 'the file is in a place of setpoint itself',
    explanation:
      'The state directory (`/var/lib/setpoint` of the managed root) and directories whose name begins with `.setpoint-stage` hold journals, records, backups and the files of runs that are going on. What stands there decides what a recovery writes, so neither a plan nor the library writes there, also not through a symbolic link. Name a file outside. To undo a run use `setpoint backup restore`, to settle one `setpoint recover`.',
  },
  SP6070: {
    title: 'a file cannot be created or deleted in place',
    explanation:
      '`write: in-place` writes into the file that is there. A file that does not exist must be created first, by whoever mounts it; one that is to be deleted must be managed with `write: replace`.',
  },
  SP6071: {
    title: 'a watched file may be written in place only when it is a mount point',
    explanation:
      'The consumer of the directory (the kubelet, cron) reads a file as soon as it is written to, and could read it half written. A rename shows it complete files only. Where the manifest itself is a mount point a rename is impossible; only then `write: in-place` is accepted there, and the consumer reads the file again when the last byte is written.',
  },
  SP6072: {
    title: 'a file is to be written in two ways',
    explanation:
      'One resource says `write: in-place` for this file and another one does not. A file is written in one way: say the same in all of them.',
  },
  SP6073: {
    title: 'a file is written in place',
    explanation:
      '`write: in-place` keeps the inode, so that bind mounts, containers and hard links see the new content. It is not atomic: readers can see old and new content mixed for a moment, and after a power cut until recovery has run. The old content is kept in the state directory until the run is decided. Where the new content is shorter, getting the longer old content back needs space on the file system again.',
  },
  SP6074: {
    title: 'an interrupted write was undone',
    explanation:
      'A write in place had been cut off (a kill, a power cut, a full disk): the file was a mixture of its old and its new content, and the old content was put back. What was found is kept, in case it was not what it looked like.',
  },
} as const satisfies Record<string, CodeEntry>;
