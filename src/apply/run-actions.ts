import { resolve } from 'node:path';
import type { ActionSpec } from '../model/check.ts';
import type { CommandResult } from '../host/ports.ts';
import type { ActionResult } from './decide-next.ts';
import type { OpenRun } from './open-run.ts';
import { commandsOf } from './process-groups.ts';

/**
 * Runs `onChange` actions in order, equal ones once, in the run's copy of the workspace. The first that fails ends it: a
 * failure counts as a red gate. An interrupt ends the running one.
 */
export async function runActions(
  run: OpenRun,
  actions: readonly ActionSpec[],
): Promise<ActionResult> {
  const { signal } = run.context;
  for (const action of distinct(actions)) {
    const trouble = describe(await runAction(run, action, signal));
    tell(run, action, trouble);
    if (trouble === null) continue;
    if (signal.aborted) return { is: 'aborted', reason: 'interrupted' };
    return { is: 'red', reason: `action ${action.run.join(' ')} ${trouble}` };
  }
  return { is: 'done' };
}

/**
 * The same after a revert, never interrupted. A program that cannot be started changed nothing when the files were new
 * either: it is told, and health is left to the gates, because no number of recoveries could ever make it start.
 */
export async function runActionsAgain(
  run: OpenRun,
  actions: readonly ActionSpec[],
): Promise<ActionResult> {
  for (const action of distinct(actions)) {
    const result = await runAction(run, action);
    const trouble = describe(result);
    tell(run, action, trouble);
    if (trouble === null || result.spawnError !== null) continue;
    return { is: 'red', reason: `action ${action.run.join(' ')} ${trouble}` };
  }
  return { is: 'done' };
}

function runAction(
  run: OpenRun,
  { run: argv, timeout }: ActionSpec,
  signal?: AbortSignal,
): Promise<CommandResult> {
  const [program = '', ...rest] = argv;
  const { workspace } = run.folder;
  const stop = signal === undefined ? {} : { signal };
  const options = { cwd: workspace, timeout, ...stop };
  return commandsOf(run).run([inFolder(program, workspace), ...rest], options);
}

function tell({ context, header }: OpenRun, action: ActionSpec, trouble: string | null): void {
  context.listener({
    type: 'action-finished',
    run: header.run,
    argv: action.run,
    ok: trouble === null,
    detail: trouble ?? 'exited 0',
  });
}

function distinct(actions: readonly ActionSpec[]): readonly ActionSpec[] {
  return [...new Map(actions.map((action) => [JSON.stringify(action.run), action])).values()];
}

/** A program name with a slash is a path in the run's copy of the workspace; a bare one is looked up in PATH. */
function inFolder(program: string, directory: string): string {
  return program.includes('/') ? resolve(directory, program) : program;
}

function describe(result: CommandResult): string | null {
  if (result.spawnError !== null) return `could not be started: ${result.spawnError}`;
  if (result.timedOut) return 'did not end in time';
  if (result.exitCode === 0) return null;
  const said = result.stderr.trim().split('\n').at(-1) ?? '';
  const how =
    result.exitCode === null
      ? `was ended by ${String(result.signal)}`
      : `exited ${String(result.exitCode)}`;
  return said === '' ? how : `${how}: ${said}`;
}
