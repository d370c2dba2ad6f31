import { readFileSync, readdirSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { decodePod } from './decode-pod.ts';
import type { Pod } from './decode-pod.ts';
import type { RunnerListener } from './runner-event.ts';

export interface PodSourceOptions {
  readonly manifestDir: string;
  /** Milliseconds between full relists (kubelet fileCheckFrequency, 20 s there); 0 = never. */
  readonly relistEvery: number;
  /** k/k#142028: the first of two names of one pod would win at a relist. Default: the last. */
  readonly firstNameWins?: boolean;
  readonly listener: RunnerListener;
  /** Called after every event or relist with all pods that should run now. */
  readonly onPods: (pods: ReadonlyMap<string, Pod>) => void;
}

export interface PodSource {
  readonly relist: () => void;
  close(): void;
}

/** The kubelet's file source (file.go, file_linux.go): inotify events and a periodic relist feed one store of pods. */
export function openPodSource(options: PodSourceOptions): PodSource {
  const store = new Map<string, Pod>();
  const keyByFile = new Map<string, string>();

  function read(name: string): Pod | null {
    const file = join(options.manifestDir, name);
    try {
      // file.go stats each entry: symlinks are followed, directories and sockets skipped, any extension is taken.
      if (!statSync(file).isFile()) return null;
      const pod = decodePod(readFileSync(file, 'utf8'), file);
      keyByFile.set(name, pod.key);
      return pod;
    } catch (error) {
      options.listener({ type: 'refused', file: name, reason: (error as Error).message });
      return null;
    }
  }

  function exists(name: string): boolean {
    return statSync(join(options.manifestDir, name), { throwIfNoEntry: false }) !== undefined;
  }

  /** Unparsable during an event: the error is logged and the old pod keeps running. */
  function consume(name: string): void {
    if (name.startsWith('.')) return;
    if (exists(name)) {
      const pod = read(name);
      if (pod !== null) store.set(pod.key, pod);
    } else {
      // A name that once decoded takes its pod away with it, even when another file holds the same pod by now (rke2#1962).
      const key = keyByFile.get(name);
      if (key !== undefined) store.delete(key);
      keyByFile.delete(name);
    }
    options.onPods(store);
  }

  /** Unparsable during a relist: left out of the list, so the store drops the pod and it is killed. */
  function relist(): void {
    const names = readdirSync(options.manifestDir)
      .filter((name) => !name.startsWith('.'))
      .toSorted();
    const pods = names.map(read).filter((pod) => pod !== null);
    store.clear();
    for (const pod of pods)
      if (options.firstNameWins !== true || !store.has(pod.key)) store.set(pod.key, pod);
    options.onPods(store);
  }

  const watcher = watch(options.manifestDir, (_, name) => {
    if (name !== null) consume(name);
  });
  const timer = options.relistEvery > 0 ? setInterval(relist, options.relistEvery) : null;
  relist();
  return {
    relist,
    close() {
      watcher.close();
      if (timer !== null) clearInterval(timer);
    },
  };
}
