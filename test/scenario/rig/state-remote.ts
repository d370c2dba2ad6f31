import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { StateExchangeResult } from '../../../src/operations/results.ts';
import { filePlan } from './plan-text.ts';
import { createRig } from './rig.ts';
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

/** A host with one file that nobody manages yet, and a remote for its recorded state. */
export async function rigWithRemote(): Promise<{ readonly rig: Rig; readonly remote: BareRemote }> {
  const rig = await createRig();
  const remote = await bareRemote(rig);
  await useRemote(rig, remote.url);
  await rig.put(CONF, 'level = 0\n');
  return { rig, remote };
}

/** Makes a commit in the remote, on no branch, that no host made. */
export function forgeCommit(remote: BareRemote, tree: string, subject: string): Promise<string> {
  const who = ['-c', 'user.name=eve', '-c', 'user.email=eve@example'];
  return remote.git(...who, 'commit-tree', tree, '-m', subject);
}

/** Runs `state pull`, `push` or `adopt`, which has to work. */
export async function exchanged(
  rig: Rig,
  ...args: readonly string[]
): Promise<StateExchangeResult> {
  return (await rig.exits(0, 'state', ...args, '--json')).json<StateExchangeResult>().result;
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
