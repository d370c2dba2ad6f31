import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createRig } from './rig.ts';
import type { Rig } from './rig.ts';
import type { CliResult } from './setpoint-process.ts';
import { openWorkspace } from './workspace.ts';
import type { Workspace } from './workspace.ts';

const WORKSPACE = 'workspace.git';
const RECORD = 'record.git';

/** Where bare repositories lie, and how machines reach them: over `file://`, ssh or http. */
export interface GitPlace {
  readonly dir: string;
  readonly urlOf: (name: string) => string;
  /** Lets a machine reach them, as its user would: by the git settings in their home directory. */
  readonly admit: (rig: Rig) => Promise<void>;
}

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

export async function createFleet(place: GitPlace): Promise<Fleet> {
  const first = await createRig();
  const second = await createRig();
  const third = await createRig({ host: 'demo', values: { PORT: 1 } });
  const gitIn = async (name: string, ...args: readonly string[]): Promise<string> => {
    const repository = ['--git-dir', join(place.dir, name)];
    const { stdout } = await promisify(execFile)('git', [...repository, ...args], {
      env: first.env,
    });
    return stdout.trim();
  };
  for (const name of [WORKSPACE, RECORD]) {
    await gitIn(name, 'init', '--quiet', '--bare', '--initial-branch=main');
    await gitIn(name, 'config', 'http.receivepack', 'true');
  }
  await first.workspace.write(
    'setpoint.yaml',
    `name: platform\nhosts: [node-1, node-2]\nstate: {remote: ${JSON.stringify(place.urlOf(RECORD))}}\n`,
  );
  await first.workspace.commit('Two hosts');
  await first.workspace.git('push', '--quiet', join(place.dir, WORKSPACE), 'main');
  const machine = async (rig: Rig): Promise<Machine> => {
    await place.admit(rig);
    const dir = join(rig.dir, 'clone');
    const { env } = rig;
    const clone = openWorkspace(dir, env);
    await promisify(execFile)('git', ['clone', '--quiet', place.urlOf(WORKSPACE), dir], {
      env,
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
    origin: (...args) => gitIn(WORKSPACE, ...args),
    record: (...args) => gitIn(RECORD, ...args),
    close: async () => {
      await Promise.all([first, second, third].map((rig) => rig.close()));
    },
  };
}
