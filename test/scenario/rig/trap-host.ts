import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { podHistory } from '../../kubelet/pod-history.ts';
import type { KubeletOptions } from '../../kubelet/start-kubelet.ts';
import { ask } from './ask.ts';
import type { Rig } from './rig.ts';
import { startHost, untilHealthy } from './running-host.ts';
import type { RunningHost } from './running-host.ts';

export const MANIFEST = '/etc/kubernetes/manifests/demo-component.yaml';
const POD = 'kube-system/demo-component';

/** Time enough for a component to start on a busy machine. */
export const WAIT = { timeout: 20_000, interval: 20 };

export interface TrapOptions extends Partial<KubeletOptions> {
  /** What the manifest is to be before the story begins; may put files on the host. */
  readonly prepare?: (manifest: string, rig: Rig) => string | Promise<string>;
  /** Time that a gate has; short where the story is about one that stays red. */
  readonly within?: string;
}

/** A host with a simulated kubelet that relists only when told, for one test. */
export interface TrapHost extends RunningHost {
  readonly url: string;
  readonly manifest: () => Promise<string>;
  /** What stands there now becomes this, by one rename from outside: the one way that is no trap. */
  readonly install: (manifest: string) => Promise<void>;
  /** Writes and commits a plan for these flags; `lines` go below the resource. */
  readonly propose: (flags: string, lines?: string) => Promise<void>;
  /** What the component says that it runs with. */
  readonly flags: () => Promise<Readonly<Record<string, string>>>;
  /** What it answers now; null when nobody does. */
  readonly status: (path: string) => Promise<number | null>;
  /** Resolves when it answers so. */
  readonly answers: (path: string, status: number) => Promise<void>;
  /** From now on the kubelet was restarted, read a foreign file or had no pod exactly so often. */
  readonly restarts: () => Restarts;
}

export interface Restarts {
  /** Pods that replaced another one. */
  readonly pods: number;
  /** Processes that were started. */
  readonly processes: number;
  readonly gaps: number;
  /** Files that were read or refused, but for the manifest itself. */
  readonly foreign: readonly string[];
  readonly refused: number;
}

export const ONE_RESTART: Restarts = { pods: 1, processes: 1, gaps: 0, foreign: [], refused: 0 };
export const NO_RESTART: Restarts = { ...ONE_RESTART, pods: 0, processes: 0 };

export async function trapHost(options: TrapOptions = {}): Promise<TrapHost> {
  const { prepare = (text) => text, within = '20s', ...kubeletOptions } = options;
  const gates = `gates: {within: ${within}, every: 50ms, timeout: 2s, successes: 2}\n`;
  const host = await startHost('demo', ['PORT'], { relistEvery: 0, ...kubeletOptions }, gates);
  onTestFinished(() => host.close());
  const { rig, kubelet } = host;
  const manifest = (): Promise<string> => rig.read(MANIFEST);
  const given = await manifest();
  const prepared = await prepare(given, rig);
  const scheme = prepared.includes('scheme: HTTPS') ? 'https' : 'http';
  const url = `${scheme}://127.0.0.1:${host.ports.PORT}`;
  const status = async (path: string): Promise<number | null> =>
    (await ask(`${url}${path}`))?.status ?? null;

  async function install(text: string): Promise<void> {
    await writeFile(join(rig.dir, 'staged'), text, { mode: 0o600 });
    await rename(join(rig.dir, 'staged'), rig.real(MANIFEST));
  }

  if (prepared !== given) {
    await install(prepared);
    await kubelet.settled();
  }
  await untilHealthy(`${url}/readyz`);
  const begin = kubelet.events().length;
  return {
    ...host,
    url,
    manifest,
    install,
    async propose(flags, lines = '') {
      const body = `kind: manifest\n    path: ${MANIFEST}\n    flags: {${flags}}`;
      await rig.workspace.plan('component', `resources:\n  component:\n    ${body}\n${lines}`);
      await rig.workspace.commit(`Set ${flags}`);
    },
    flags: async () =>
      JSON.parse(await untilHealthy(`${url}/flags`)) as Readonly<Record<string, string>>,
    status,
    async answers(path, wanted) {
      await expect.poll(() => status(path), WAIT).toBe(wanted);
    },
    restarts() {
      const events = kubelet.events().slice(begin);
      const files = events.flatMap((event) =>
        event.type === 'file-read' || event.type === 'refused' ? [event.file] : [],
      );
      const { generations, gaps } = podHistory(events, POD);
      return {
        pods: generations.length,
        processes: events.filter((event) => event.type === 'started').length,
        gaps,
        foreign: [...new Set(files)].filter((file) => !MANIFEST.endsWith(`/${file}`)),
        refused: events.filter((event) => event.type === 'refused').length,
      };
    },
  };
}

/** One flag, as an editor without knowledge of anything sets it. */
export function setFlag(manifest: string, from: string, to: string): string {
  const edited = manifest.replace(from, to);
  expect(edited).not.toBe(manifest);
  return edited;
}
