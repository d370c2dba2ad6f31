import { resolve } from 'node:path';
import type { ActionSpec } from '../../model/check.ts';
import type { CommandResult } from '../../host/ports.ts';
import type { ActionResult } from '../machine/actions.ts';
import type { OpenRun } from '../machine/open-run.ts';
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
    if (trouble !== null && signal.aborted) return { is: 'aborted', reason: 'interrupted' };
    run.acted.push({ run: action.run, ok: trouble === null });
    if (trouble !== null) return red(action, trouble);
  }
  return { is: 'done' };
}

/**
 * The same after a revert, never interrupted. An action that failed on the new files too (or cannot be started at all) is no
 * worse than it was: it is told, and health is left to the gates, because no number of recoveries could ever make it pass.
 * So is one of which nobody knows how it ended on the new files; then a gate has to be green (`unproven`). One that passed
 * on the new files has to pass on the old ones, unless `accepted` (a person asked again for a run whose revert had failed).
 */
export async function runActionsAgain(
  run: OpenRun,
  actions: readonly ActionSpec[],
): Promise<ActionResult> {
  const bad: string[] = [];
  for (const action of distinct(actions)) {
    const result = await runAction(run, action);
    const trouble = describe(result);
    tell(run, action, trouble);
    if (trouble === null) continue;
    const before = result.spawnError === null ? outcomeOnNewFiles(run, action) : 'failed';
    if (before === 'passed' && !run.retried) return red(action, trouble);
    if (before === 'unknown' && !run.retried) run.unproven.push(text(action, trouble));
    bad.push(text(action, trouble));
    warn(run, text(action, trouble));
  }
  if (bad.length === 0) return { is: 'done' };
  const accepted = run.retried ? ', accepted because recovery was asked for again' : '';
  return { is: 'done', note: `on the old files ${bad.join('; ')}${accepted}` };
}

/** Every action once, whatever becomes of it: a person decided. What went wrong, one text each. Never interrupted. */
export async function runActionsAnyway(
  run: OpenRun,
  actions: readonly ActionSpec[],
): Promise<readonly string[]> {
  const bad: string[] = [];
  for (const action of distinct(actions)) {
    const trouble = describe(await runAction(run, action));
    tell(run, action, trouble);
    if (trouble !== null) bad.push(text(action, trouble));
  }
  return bad;
}

function outcomeOnNewFiles(run: OpenRun, action: ActionSpec): 'passed' | 'failed' | 'unknown' {
  const key = JSON.stringify(action.run);
  const known = run.acted.findLast((one) => JSON.stringify(one.run) === key);
  if (known === undefined) return 'unknown';
  return known.ok ? 'passed' : 'failed';
}

function warn(run: OpenRun, what: string): void {
  run.diagnostics.push({
    code: 'SP4205',
    severity: 'warning',
    message: `the old files are back, and ${what}`,
    help: 'See what it needs and run it by hand; the gates judged the host without it.',
  });
}

function red(action: ActionSpec, trouble: string): ActionResult {
  return { is: 'red', reason: text(action, trouble) };
}

function text({ run }: ActionSpec, trouble: string): string {
  return `action ${run.join(' ')} ${trouble}`;
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
