import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
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
  const config = `name: ${name}\n${settings}`;
  let begun = templates.get(config);
  if (begun === undefined) {
    begun = beginWorkspace(config, env);
    templates.set(config, begun);
  }
  await cp(await begun, dir, { recursive: true });
  return openWorkspace(dir, env);
}

/** Begun once a process, then copied: git would be started three times for each. */
const templates = new Map<string, Promise<string>>();

async function beginWorkspace(
  config: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const dir = await mkdtemp(join(process.env['SETPOINT_TEST_SHARED'] ?? tmpdir(), 'workspace-'));
  await mkdir(join(dir, 'plans'));
  const workspace = openWorkspace(dir, { ...env, HOME: dir });
  await workspace.git('init', '--quiet', '--initial-branch=main', '--template=');
  await workspace.write('setpoint.yaml', config);
  await workspace.commit('Start the workspace');
  return dir;
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
      return (await headOf(dir)) ?? git('rev-parse', 'HEAD');
    },
  };
}

/** What git would tell, without starting it; null where it lies elsewhere: another branch, a linked working tree. */
async function headOf(dir: string): Promise<string | null> {
  const read = (name: string): Promise<string> => readFile(join(dir, '.git', name), 'utf8');
  try {
    const head = await read('HEAD');
    const [, branch] = /^ref: (.*)\n$/.exec(head) ?? [];
    return (branch === undefined ? head : await read(branch)).trim();
  } catch {
    return null;
  }
}
