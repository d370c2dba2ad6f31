import { execFileSync, spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BOUND } from '../sweep/scenario.ts';
import type { Disk, FileSystem, Layout } from './layouts.ts';

/** Sparse: an empty one takes 4 to 6 MiB of memory, and is copied for every cut. */
const SIZE = { ext4: 64 * 2 ** 20, xfs: 40 * 2 ** 20 } as const;
/** As in the kernel's own file system tests: else mkfs.xfs refuses less than 300 MiB and makes a log of 64 MiB (mkfs.xfs(8)). */
const TINY = { TEST_DIR: '/', TEST_DEV: '/', QA_CHECK_FS: '1' } as const;
const MKFS: { readonly [F in FileSystem]: readonly string[] } = {
  ext4: ['mkfs.ext4', '-q', '-F', '-N', '8192', '-E', 'lazy_itable_init=0,lazy_journal_init=0'],
  xfs: ['mkfs.xfs', '-q', '-f'],
};

/**
 * Image files on loop devices, mounted under `<dir>/root`. Runs in a mount namespace of its own (worker.ts): whatever happens to
 * this process, the mounts and loop devices go with it.
 */
export class Disks {
  readonly root: string;
  /** {@link boundInode} when the disks were inserted. */
  firstInode: number | null = null;
  private readonly dir: string;
  private mounted: readonly string[] = [];

  /** `dir`: an empty directory on a tmpfs. */
  constructor(dir: string) {
    this.dir = dir;
    this.root = join(dir, 'root');
    mkdirSync(this.root);
  }

  /** Formats the disks of `layout`, copies `seed` onto them and keeps the images. Leaves nothing mounted. */
  prepare({ name, disks }: Layout, seed: string): void {
    disks.forEach(({ fileSystem }, i) => {
      const image = this.image(i);
      writeFileSync(image, '');
      truncateSync(image, SIZE[fileSystem]);
      const [program = '', ...args] = MKFS[fileSystem];
      execFileSync(program, [...args, image], { env: { ...process.env, ...TINY } });
    });
    this.mount(disks);
    run('cp', '-a', `${seed}/.`, this.root);
    this.unmount();
    disks.forEach((_, i) => this.copy(this.image(i), this.template(name, seed, i)));
  }

  /** Mounts fresh copies of what {@link prepare} kept. */
  insert({ name, disks }: Layout, seed: string): void {
    disks.forEach((_, i) => this.copy(this.template(name, seed, i), this.image(i)));
    this.mount(disks);
    this.firstInode = this.boundInode();
  }

  /** The kernel writes the first page of the file that is written in place, and nothing else of what waits. */
  writeBackPage(): void {
    run('xfs_io', '-c', 'sync_range -abw 0 4096', join(this.root, BOUND.source));
  }

  /** Inode number of the file that is written in place; null where there is none. */
  boundInode(): number | null {
    return lstatSync(join(this.root, BOUND.source), { throwIfNoEntry: false })?.ino ?? null;
  }

  /** The power goes: each disk keeps what its loss mode says. Processes that use them see I/O errors from now on. */
  cut({ disks }: Layout): void {
    disks.toReversed().forEach(({ at, loss }) => {
      run(
        'xfs_io',
        '-x',
        '-c',
        loss === 'all-lost' ? 'shutdown' : 'shutdown -f',
        join(this.root, at),
      );
    });
  }

  /** Unmounts after a cut, and mounts again as a boot may: no disk has the device number that it had. */
  boot({ disks }: Layout): void {
    const before = disks.map(({ at }) => deviceOf(join(this.root, at)));
    this.unmount();
    const other = join(this.dir, 'other.img');
    writeFileSync(other, Buffer.alloc(4096));
    // Where another worker already took one, it is in the way as well.
    const inTheWay = before.filter((device) => spawnSync('losetup', [device, other]).status === 0);
    this.mount(disks);
    for (const device of inTheWay) run('losetup', '--detach', device);
  }

  /** Gives everything back, whatever state it is in. */
  unmount(): void {
    for (const place of this.mounted.toReversed()) {
      // A process that was killed a moment ago may still be on its way out.
      waitUntil(() => spawnSync('umount', [place]).status === 0, `${place} stays in use`);
    }
    this.mounted = [];
    // The device is given back a moment after its last user; until then the image must not be written.
    const list = ['--list', '--noheadings', '--output', 'BACK-FILE'];
    const used = (): boolean => run('losetup', ...list).includes(`${this.dir}/`);
    waitUntil(() => !used(), `a loop device of ${this.dir} stays in use`);
  }

  private mount(disks: readonly Disk[]): void {
    disks.forEach(({ at }, i) => {
      const place = join(this.root, at);
      mkdirSync(place, { recursive: true });
      // `nouuid`: copies of one image may be mounted at the same time by another worker.
      const options = disks[i]?.fileSystem === 'xfs' ? 'loop,nouuid' : 'loop';
      run('mount', '-o', options, this.image(i), place);
      this.mounted = [...this.mounted, place];
    });
    if (this.boundInode() === null) return;
    const target = join(this.root, BOUND.target);
    run('mount', '--bind', join(this.root, BOUND.source), target);
    this.mounted = [...this.mounted, target];
  }

  private copy(from: string, to: string): void {
    rmSync(to, { force: true });
    run('cp', '--sparse=always', from, to);
  }

  private image(i: number): string {
    return join(this.dir, `disk-${String(i)}.img`);
  }

  private template(name: string, seed: string, i: number): string {
    return join(this.dir, `${name}@${basename(seed)}-${String(i)}`);
  }
}

/** `/dev/loop3` */
function deviceOf(place: string): string {
  return run('findmnt', '--noheadings', '--output', 'SOURCE', '--mountpoint', place).trim();
}

function run(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Polls: the kernel has no event for either. */
function waitUntil(done: () => boolean, problem: string): void {
  for (let tries = 0; !done(); tries += 1) {
    if (tries === 1000) throw new Error(problem);
    run('sleep', '0.01');
  }
}
