import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createRig } from './rig.ts';
import type { Rig } from './rig.ts';
import type { CliResult } from './setpoint-process.ts';
import { openWorkspace } from './workspace.ts';
import type { Workspace } from './workspace.ts';

/** How a machine reaches a bare repository: over `file://`, ssh or http. */
export type AddressOf = (bareRepository: string) => string;

/** A host, or a machine without access to any, with a clone of the team's workspace. */
export interface Machine {
  readonly rig: Rig;
  readonly clone: Workspace;
  /** Fetches what was merged, as a pipeline does before it applies. */
  readonly pull: () => Promise<string>;
  /** `setpoint ARGS…` in the clone; throws with its whole output unless it exits with `code`. */
  readonly exits: (code: number, ...args: readonly string[]) => Promise<CliResult>;
}

/** Two hosts and a reviewer's machine around two bare repositories: the workspace's, and the one of recorded state. */
export interface Fleet {
  readonly hosts: readonly [Machine, Machine];
  readonly reviewer: Machine;
  /** Runs git in the bare repository of the workspace, or of recorded state. */
  readonly origin: (...args: readonly string[]) => Promise<string>;
  readonly record: (...args: readonly string[]) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** `environment`: what git needs to reach the repositories. */
export async function createFleet(
  addressOf: AddressOf,
  environment: (dir: string) => Readonly<Record<string, string>> = () => ({}),
): Promise<Fleet> {
  const rigs = [
    await createRig(),
    await createRig(),
    await createRig({ host: 'demo', values: { PORT: 1 } }),
  ];
  const [first, second, third] = rigs as [Rig, Rig, Rig];
  const bare = (name: string) => join(first.dir, name);
  const gitIn = async (dir: string, ...args: readonly string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)('git', [...args], { cwd: dir, env: first.env });
    return stdout.trim();
  };
  for (const name of ['workspace.git', 'record.git']) {
    await gitIn(first.dir, 'init', '--quiet', '--bare', '--initial-branch=main', bare(name));
  }
  await first.workspace.write(
    'setpoint.yaml',
    `name: platform\nhosts: [node-1, node-2]\nstate: {remote: ${JSON.stringify(addressOf(bare('record.git')))}}\n`,
  );
  await first.workspace.commit('Two hosts');
  await first.workspace.git('push', '--quiet', bare('workspace.git'), 'main');
  const machine = async (rig: Rig): Promise<Machine> => {
    Object.assign(rig.env, environment(rig.dir));
    const dir = join(rig.dir, 'clone');
    const clone = openWorkspace(dir, rig.env);
    await promisify(execFile)('git', ['clone', '--quiet', addressOf(bare('workspace.git')), dir], {
      env: rig.env,
    });
    return {
      rig,
      clone,
      pull: () => clone.git('pull', '--quiet', '--ff-only'),
      async exits(code, ...args) {
        const ended = await rig.setpointIn(dir, args);
        if (ended.code === code) return ended;
        throw new Error(
          `${args.join(' ')}: ${ended.code}, not ${code}\n${ended.stdout}\n${ended.stderr}`,
        );
      },
    };
  };
  return {
    hosts: [await machine(first), await machine(second)],
    reviewer: await machine(third),
    origin: (...args) => gitIn(bare('workspace.git'), ...args),
    record: (...args) => gitIn(bare('record.git'), ...args),
    close: async () => {
      await Promise.all(rigs.map((rig) => rig.close()));
    },
  };
}
