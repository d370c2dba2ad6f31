import type { FaultMutant } from './mutants.ts';

const FILE = String.raw`.*manifests\/a\.yaml`;

/** Faults of writing in place, of the contents that git does not keep, and of boots that number devices anew. The power goes in the middle of the write, of which one page lasts, or right after the result. */
export const MORE_MUTANTS: readonly FaultMutant[] = [
  {
    name: 'the kept copy of a file that is written in place is not synced',
    replacements: [
      {
        file: 'src/host/stage-file.ts',
        find: 'await fsyncAsync(fd);',
        // Of its directory instead: so many syncs later is where the power goes.
        replace:
          "await fsyncAsync(request.name.endsWith('.old') ? openSync(request.directory) : fd);",
      },
    ],
    layout: 'xfs-data',
    start: 'in-place-page',
    mode: 'kept',
    before: new RegExp(`^fsync ${FILE}`),
  },
  {
    name: 'the mark of a write in place is not synced',
    replacements: [
      {
        file: 'src/apply/files/write-mark.ts',
        find: 'await syncDirectory(dirname(path));',
        replace: '',
      },
    ],
    layout: 'ext4-all+srv:xfs-all',
    start: 'in-place-page',
    mode: 'kept',
    before: new RegExp(`^fsync ${FILE}`),
  },
  {
    name: 'a file that is written in place is not synced',
    replacements: [
      { file: 'src/apply/files/overwrite.ts', find: 'await fsyncAsync(fd);', replace: '' },
    ],
    layout: 'ext4-data+srv:xfs-data',
    start: 'in-place',
    mode: 'kept',
    before: /^acknowledged$/,
  },
  {
    name: 'a content that git does not keep is not synced',
    replacements: [
      {
        file: 'src/host/durable.ts',
        find: 'await sync(fd);',
        replace: "if (!temporary.includes('/backups/objects/')) await sync(fd);",
      },
    ],
    layout: 'xfs-data',
    start: 'aside',
    mode: 'kept',
    before: /^acknowledged$/,
  },
  {
    name: 'a device with another number is another device',
    replacements: [
      {
        file: 'src/apply/files/old-inode.ts',
        find: 'return live.inode.ino === file.oldInode?.ino;',
        replace:
          'return live.inode.ino === file.oldInode?.ino && live.inode.dev === file.oldInode.dev;',
      },
    ],
    layout: 'ext4-all+app:xfs-all',
    start: 'recorded',
    mode: 'kept',
    before: /^fsync .*\/etc\/app\/manifests$/,
    last: true,
  },
];
