import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { RealPath } from '../../src/model/brand.ts';
import { cleanEnvironment } from '../../test/scenario/rig/clean-environment.ts';
import { openWorkspace } from '../../test/scenario/rig/workspace.ts';
import { compare, timed } from './compare.ts';
import { filesHost, manifestHost, type PlannedHost } from './planned-host.ts';
import type { Row } from './row.ts';

const ENTRY = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const WARM_UP = 2;

/** Commands of the built program against a Node that does nothing: what a person waits for. */
export async function commandRows(directory: RealPath, rounds: number): Promise<readonly Row[]> {
  const commands: readonly (readonly [name: string, args: readonly string[]])[] = [
    ['setpoint --help', ['--help']],
    ['setpoint plan, 1 manifest', await planInSync(manifestHost(directory))],
    ['setpoint plan, 100 files', await planInSync(filesHost(directory, 100))],
  ];
  const env = cleanEnvironment(directory);
  const rows: Row[] = [];
  for (const [name, args] of commands) {
    const sides = {
      subject: () => timed(() => runNode([ENTRY, ...args], env)),
      floor: () => timed(() => runNode(['-e', '0'], env)),
    };
    rows.push({ name, ...(await compare(sides, { rounds, warmUp: WARM_UP })), limit: null });
  }
  return rows;
}

/** Applied once, so that a plan finds everything as it wants it and as it is recorded. Returns its arguments. */
async function planInSync({ workspace, root }: PlannedHost): Promise<readonly string[]> {
  const env = cleanEnvironment(workspace);
  const repository = openWorkspace(workspace, env);
  await repository.git('init', '--quiet');
  await repository.commit('Plan what is measured');
  const place = ['-C', workspace, '--root', root, '--host', 'bench'];
  await runNode([ENTRY, 'apply', ...place, '--auto-approve'], env);
  return ['plan', ...place];
}

async function runNode(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`node ${args.join(' ')} exited with ${String(code)}: ${errors}`);
}
