export type FileSystem = 'ext4' | 'xfs';

/**
 * What a power cut leaves of what was not synced. `all-lost`: nothing. `data-lost`: names and sizes as far as the log has
 * them, without the bytes of files (a file system that writes its log by itself at a bad moment).
 */
export type Loss = 'all-lost' | 'data-lost';

export interface Disk {
  /** Where it is mounted, relative to the managed root; '' is the root itself. */
  readonly at: string;
  readonly fileSystem: FileSystem;
  readonly loss: Loss;
}

/** Disks under one managed root, outer ones first. */
export interface Layout {
  readonly name: string;
  readonly disks: readonly Disk[];
}

/** Where the targets are when they have a disk of their own. */
const TARGETS = 'etc/app';
const STATE = 'var/lib/setpoint';

const SHORT = { 'all-lost': 'all', 'data-lost': 'data' } as const;

function layout(...disks: readonly (readonly [string, FileSystem, Loss])[]): Layout {
  const name = disks
    .map(([at, fileSystem, loss]) => {
      const place = at === '' ? '' : `${at.split('/').at(-1) ?? at}:`;
      return `${place}${fileSystem}-${SHORT[loss]}`;
    })
    .join('+');
  return { name, disks: disks.map(([at, fileSystem, loss]) => ({ at, fileSystem, loss })) };
}

const LOSSES: readonly Loss[] = ['all-lost', 'data-lost'];
const FILE_SYSTEMS: readonly FileSystem[] = ['ext4', 'xfs'];

/** State and targets on one file system. */
export const ONE_DISK: readonly Layout[] = FILE_SYSTEMS.flatMap((fileSystem) =>
  LOSSES.map((loss) => layout(['', fileSystem, loss])),
);

/** State on one file system, targets on another; each loses in its own way. */
export const TWO_DISKS: readonly Layout[] = FILE_SYSTEMS.flatMap((fileSystem) =>
  LOSSES.flatMap((loss) =>
    LOSSES.map((other) =>
      layout(['', fileSystem, loss], [TARGETS, fileSystem === 'ext4' ? 'xfs' : 'ext4', other]),
    ),
  ),
);

/** The file that is written in place on the disk of everything, or on one of its own. */
export const IN_PLACE: readonly Layout[] = [
  ...ONE_DISK,
  ...FILE_SYSTEMS.flatMap((fileSystem) =>
    LOSSES.flatMap((loss) =>
      LOSSES.map((other) =>
        layout(['', fileSystem, loss], ['srv', fileSystem === 'ext4' ? 'xfs' : 'ext4', other]),
      ),
    ),
  ),
];

/**
 * Parts of the state directory on disks of their own. Ext4 and xfs have one log each, so that any sync makes every earlier name
 * durable; only between file systems does a missing sync of a directory show.
 */
export const SPLIT_STATE: readonly Layout[] = [
  layout(['', 'ext4', 'all-lost'], [`${STATE}/runs`, 'ext4', 'all-lost']),
  layout(['', 'ext4', 'all-lost'], [`${STATE}/state.git`, 'ext4', 'all-lost']),
  layout(['', 'ext4', 'all-lost'], [`${STATE}/state.git/objects`, 'ext4', 'all-lost']),
];

export function layoutNamed(name: string): Layout {
  const found = [...IN_PLACE, ...TWO_DISKS, ...SPLIT_STATE].find((one) => one.name === name);
  if (found === undefined) throw new RangeError(`no layout is called ${name}`);
  return found;
}
