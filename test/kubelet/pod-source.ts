import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePod } from './decode-pod.ts';
import type { Pod } from './decode-pod.ts';
import type { FileChange, KubeletListener } from './kubelet-event.ts';
import type { Switch } from './switch.ts';
import { watchDirectory } from './watch-directory.ts';

export interface PodSourceOptions {
  readonly manifestDir: string;
  readonly nodeName: string;
  /** Milliseconds between full relists (kubelet fileCheckFrequency); 0 = only when told. */
  readonly relistEvery: number;
  /** k/k#142028: the first of two names of one pod would win at a relist. Default: the last. */
  readonly firstNameWins: boolean;
  /** While it is closed, events wait and no relist is made: the kubelet is busy, or its watch has to be set up again. */
  readonly noticing: Switch;
  readonly listener: KubeletListener;
  /** Called after every event or relist with all pods that should run now. */
  readonly onPods: (pods: ReadonlyMap<string, Pod>) => void;
}

export interface PodSource {
  /** The relist that the kubelet makes every 20 s. */
  readonly relist: () => void;
  /** Resolves when every change that was made before the call has arrived here, and has been handled unless noticing is closed. */
  readonly caughtUp: () => Promise<void>;
  readonly close: () => void;
}

/** file.go maxConfigLength; a file of that size is already too long (pkg/util/io ReadAtMost). */
const SIZE_LIMIT = 10 * 1024 * 1024;
/** A dot-name: the kubelet drops its events. */
const BARRIER = '.caught-up-';

/** The kubelet's file source (pkg/kubelet/config/file.go, file_linux.go): inotify events and a periodic relist feed one store. */
export async function openPodSource(options: PodSourceOptions): Promise<PodSource> {
  const { manifestDir, listener, onPods, noticing } = options;
  const store = new Map<string, Pod>();
  const keyByFile = new Map<string, string>();
  const barriers = new Map<string, () => void>();
  let queue: Promise<void> = Promise.resolve();
  let closed = false;

  function read(name: string): Pod | null {
    const file = join(manifestDir, name);
    try {
      // Symlinks are followed. Other than the kubelet this never opens a pipe of an event, which would never end.
      if (!statSync(file).isFile()) throw new Error('not a regular file');
      const bytes = readFileSync(file);
      if (bytes.length >= SIZE_LIMIT) throw new Error('longer than 10 MiB');
      const pod = decodePod(bytes.toString('utf8'), file, options.nodeName);
      keyByFile.set(name, pod.key);
      listener({ type: 'file-read', file: name, pod: pod.key, uid: pod.uid });
      return pod;
    } catch (error) {
      listener({ type: 'refused', file: name, reason: (error as Error).message });
      return null;
    }
  }

  /** Unparsable during an event: the error is logged and the old pod keeps running. */
  function consume(name: string, change: FileChange): void {
    if (closed) return;
    if (change === 'delete') {
      // A name that once decoded takes its pod away with it, even when another file holds the same pod by now (rke2#1962).
      const key = keyByFile.get(name);
      if (key === undefined || !store.delete(key)) return;
      keyByFile.delete(name);
    } else {
      const pod = read(name);
      if (pod === null) return;
      store.set(pod.key, pod);
    }
    onPods(store);
  }

  /** Unparsable during a relist: left out of the list, so the store drops the pod and it is killed. */
  function relist(): void {
    if (closed || !noticing.isOpen()) return;
    const names = listNames(manifestDir);
    const pods = names.map(read).filter((pod) => pod !== null);
    listener({ type: 'relisted', files: names });
    // An empty list goes past the store, which keeps what it had until the next event (file.go listConfig).
    if (pods.length === 0) return onPods(new Map());
    store.clear();
    for (const pod of pods)
      if (!options.firstNameWins || !store.has(pod.key)) store.set(pod.key, pod);
    onPods(store);
  }

  const watcher = await watchDirectory(manifestDir, (name, change) => {
    if (name.startsWith(BARRIER)) return barriers.get(name)?.();
    listener({ type: 'file-event', file: name, change });
    if (name.startsWith('.')) return;
    queue = queue.then(() => noticing.passes()).then(() => consume(name, change));
  });
  const timer = options.relistEvery > 0 ? setInterval(relist, options.relistEvery) : null;
  relist();
  return {
    relist,
    async caughtUp() {
      const name = `${BARRIER}${barriers.size}`;
      const arrived = new Promise<void>((resolve) => barriers.set(name, resolve));
      writeFileSync(join(manifestDir, name), '');
      await arrived;
      rmSync(join(manifestDir, name), { force: true });
      if (noticing.isOpen()) await queue;
    },
    close() {
      closed = true;
      watcher.close();
      if (timer !== null) clearInterval(timer);
    },
  };
}

/** Glob `[^.]*`, not recursive, sorted (file.go extractFromDir). */
function listNames(directory: string): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(directory);
  } catch {
    return [];
  }
  return names.filter((name) => !name.startsWith('.')).toSorted();
}
