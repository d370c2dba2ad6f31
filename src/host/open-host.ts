import { join } from 'node:path';
import type { RealPath } from '../model/brand.ts';
import { readBootId } from './boot-id.ts';
import { systemClock } from './clock.ts';
import { hostCommands } from './commands.ts';
import { PATH_LOCKS } from './lock-file.ts';
import { ofdLocks } from './locks.ts';
import { pathLocks } from './path-locks.ts';
import { crictlRuntime } from './pod-runtime/crictl.ts';
import { firstThatAnswers } from './pod-runtime/first-that-answers.ts';
import { kubeletRuntime } from './pod-runtime/kubelet.ts';
import type { Host } from './ports.ts';
import { procProcesses } from './processes.ts';
import { openRoot } from './root.ts';
import { stateDirectory } from './state-directory.ts';

export interface OpenHostOptions {
  /** `--root`; `undefined` or `/` is the machine itself. */
  readonly root: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Effective user id; default this process's. */
  readonly uid?: number;
}

/**
 * The real host. Creates and locks nothing. Errors: SetpointError SP6001 (exit 64) when the root is not an existing
 * directory, SP6003 (64) when there is no place for state, SP6040 (1) when /proc cannot be read.
 */
export async function openHost({ root, env, uid }: OpenHostOptions): Promise<Host> {
  const opened = openRoot(root ?? '/');
  const bootId = readBootId();
  const owner = uid ?? process.geteuid?.() ?? 0;
  const stateDir = stateDirectory(opened.dir, env, owner);
  const commands = hostCommands(env);
  return {
    root: opened,
    clock: systemClock,
    processes: procProcesses(),
    commands,
    // The container runtime is that of the machine; a kubelet has its certificate in its own root.
    podRuntime: firstThatAnswers([
      ...(opened.dir === '/' ? [crictlRuntime(commands)] : []),
      kubeletRuntime(opened),
    ]),
    locks: ofdLocks(systemClock, bootId),
    pathLocks: pathLocks(join(stateDir, PATH_LOCKS) as RealPath, systemClock),
    stateDir,
    bootId,
    newOwner: { uid: owner, gid: process.getegid?.() ?? 0 },
  };
}
