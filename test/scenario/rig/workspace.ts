import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A git repository with `setpoint.yaml` and `plans/`, as a team keeps it. */
export interface Workspace {
  readonly dir: string;
  /** Runs git in it; resolves to its standard output, trimmed. */
  readonly git: (...args: readonly string[]) => Promise<string>;
  /** Writes `plans/<name>.yaml` with the head lines filled in; `body` starts at `resources:` or any other key. */
  readonly plan: (name: string, body: string) => Promise<void>;
  readonly write: (path: string, text: string, mode?: number) => Promise<void>;
  readonly remove: (path: string) => Promise<void>;
  /** Commits everything; resolves to the commit's id. */
  readonly commit: (message: string) => Promise<string>;
}

/** Creates the repository in `dir` with one commit that holds `setpoint.yaml`. */
export async function createWorkspace(
  dir: string,
  name: string,
  env: Readonly<Record<string, string>>,
  settings = '',
): Promise<Workspace> {
  await mkdir(join(dir, 'plans'), { recursive: true });
  const workspace = openWorkspace(dir, env);
  await workspace.git('init', '--quiet', '--initial-branch=main');
  await workspace.write('setpoint.yaml', `name: ${name}\n${settings}`);
  await workspace.commit('Start the workspace');
  return workspace;
}

/** An existing clone as a Workspace. */
export function openWorkspace(dir: string, env: Readonly<Record<string, string>>): Workspace {
  async function git(...args: readonly string[]): Promise<string> {
    const { stdout } = await run('git', [...args], { cwd: dir, env });
    return stdout.trim();
  }
  async function write(path: string, text: string, mode = 0o644): Promise<void> {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), text, { mode });
  }
  return {
    dir,
    git,
    write,
    plan: (name, body) =>
      write(`plans/${name}.yaml`, `setpoint: v1\nname: ${name}\n${body.trimEnd()}\n`),
    remove: (path) => rm(join(dir, path)),
    async commit(message) {
      await git('add', '--all');
      await git('-c', 'maintenance.auto=false', 'commit', '--quiet', '--message', message);
      return git('rev-parse', 'HEAD');
    },
  };
}
