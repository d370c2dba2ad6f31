import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { filePlan } from './plan-text.ts';
import type { Rig } from './rig.ts';
import type { CliResult } from './setpoint-process.ts';

const run = promisify(execFile);

/** The file that `applyLevel` manages. */
export const CONF = '/etc/app/app.conf';

/** A bare repository beside the hosts of a story. */
export interface BareRemote {
  readonly dir: string;
  readonly url: string;
  /** Runs git in it; gives what it prints, trimmed. */
  readonly git: (...args: readonly string[]) => Promise<string>;
}

export async function bareRemote(rig: Rig, name = 'state-remote.git'): Promise<BareRemote> {
  const dir = join(rig.dir, name);
  await run('git', ['init', '--quiet', '--bare', dir], { env: rig.env });
  return { dir, url: `file://${dir}`, git: (...args) => git(rig, dir, ...args) };
}

/** Runs git in the recorded state of a host; gives what it prints, trimmed. */
export function stateGit(rig: Rig, ...args: readonly string[]): Promise<string> {
  return git(rig, join(rig.stateDir, 'state.git'), ...args);
}

async function git(rig: Rig, dir: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run('git', ['--git-dir', dir, ...args], { env: rig.env });
  return stdout.trim();
}

/** `setpoint.yaml` with a remote for recorded state. */
export async function useRemote(rig: Rig, url: string, more = ''): Promise<void> {
  const text = `name: platform\nstate: {remote: ${JSON.stringify(url)}${more}}\n`;
  await rig.workspace.write('setpoint.yaml', text);
  await rig.workspace.commit('state remote');
}

/** Applies one more change, whatever the exit code. */
export async function applyLevel(
  rig: Rig,
  level: number,
  ...args: readonly string[]
): Promise<CliResult> {
  await rig.workspace.plan('app', filePlan({ content: `level = ${level}\n` }));
  await rig.workspace.commit(`level ${level}`);
  return rig.setpoint('apply', '--auto-approve', '--no-guardian', ...args);
}
