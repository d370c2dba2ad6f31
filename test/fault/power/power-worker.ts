import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { straceMissing } from '../sweep/strace-missing.ts';
import type { Answer, Task } from './worker.ts';

/** Why power cannot be cut here, or null. */
export function powerMissing(): string | null {
  if (process.geteuid?.() !== 0) return 'only root can mount';
  if (!existsSync('/dev/loop-control')) return 'there are no loop devices';
  const tools = ['xfs_io', 'mkfs.xfs', 'mkfs.ext4', 'unshare', 'losetup'];
  const missing = tools.filter((tool) => spawnSync('which', [tool]).status !== 0);
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  const mount = 'mount -t tmpfs none /mnt';
  const tried = spawnSync('unshare', [...NAMESPACE, 'sh', '-c', mount], { encoding: 'utf8' });
  return tried.status === 0 ? straceMissing() : `mounts do not work here: ${tried.stderr.trim()}`;
}

const NAMESPACE = ['--mount', '--propagation', 'private'];

/** A process with mounts of its own that cuts power, one cut at a time. The mounts go when it or this process ends. */
export class PowerWorker {
  readonly #child: ChildProcess;
  readonly #ready: Promise<unknown>;
  readonly #ended: Promise<Answer>;

  constructor() {
    const script = join(import.meta.dirname, 'worker.ts');
    const command = [process.execPath, '--import', 'tsx', script];
    this.#child = spawn('unshare', [...NAMESPACE, ...command], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#ready = once(this.#child, 'message');
    this.#ended = once(this.#child, 'exit').then(() => ({ is: 'broken', problem: 'it ended' }));
  }

  async ask(task: Task): Promise<Answer> {
    await this.#ready;
    const answered = once(this.#child, 'message').then(([answer]) => answer as Answer);
    this.#child.send(task);
    return Promise.race([answered, this.#ended]);
  }

  end(): void {
    if (this.#child.connected) this.#child.disconnect();
  }
}
