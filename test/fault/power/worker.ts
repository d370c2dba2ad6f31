/**
 * Cuts the power at one point after another, in a mount namespace of its own: `unshare --mount --propagation private node
 * --import tsx worker.ts`. Takes a {@link Task} a message, answers each with an {@link Answer}; ends when its parent does.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CutProcess } from './cut-process.ts';
import { cutPower, type Cut } from './cut-point.ts';
import { Disks } from './disks.ts';
import { judgeAfterCut } from './judge-after-cut.ts';
import type { Layout } from './layouts.ts';
import type { LabelledPoint } from './points.ts';
import type { Violation } from '../sweep/judge.ts';
import type { Recovered } from '../sweep/recover-scenario.ts';
import { RecoveryServer } from '../sweep/recovery-server.ts';
import type { Mode } from '../sweep/scenario.ts';

/** `script`: the bundled apply, mutated or not. `seed`: a directory with the host as it is before the apply. */
interface Given {
  readonly script: string;
  readonly seed: string;
}

export interface CutTask extends Given {
  readonly do: 'cut';
  readonly cut: Cut;
  /** The mode that it ends as, where something planted makes another of it. */
  readonly as?: Mode | undefined;
}

/** Every point of the apply, or with a `cut` every point of the recovery after it. */
export interface TraceTask extends Given {
  readonly do: 'trace';
  readonly layout: Layout;
  readonly mode: Mode;
  readonly cut: Cut | null;
}

export type Task = CutTask | TraceTask;

export type Answer =
  | { readonly is: 'judged'; readonly violations: readonly Violation[] }
  | { readonly is: 'traced'; readonly points: readonly LabelledPoint[]; readonly hidden: number }
  /** The rig itself failed: no verdict. */
  | { readonly is: 'broken'; readonly problem: string };

const dir = mkdtempSync(join(tmpdir(), 'setpoint-power-'));
execFileSync('mount', ['-t', 'tmpfs', '-o', 'mode=0755', 'setpoint-power', dir]);
mkdirSync(join(dir, 'disks'));
const disks = new Disks(join(dir, 'disks'));
const prepared = new Set<string>();
let recovery: { readonly script: string; readonly server: RecoveryServer } | null = null;

process.on('message', (task: Task) => {
  void answer(task)
    .catch(broken)
    .then((result) => process.send?.(result));
});
process.on('disconnect', () => {
  recovery?.server.end();
  disks.unmount();
  execFileSync('umount', ['--lazy', dir]);
  rmSync(dir, { recursive: true, force: true });
  process.exit();
});
process.send?.('ready');

async function answer(task: Task): Promise<Answer> {
  const layout = task.do === 'cut' ? task.cut.layout : task.layout;
  const applier = new CutProcess(dir, task.script, disks.root);
  try {
    const key = `${layout.name} ${task.seed}`;
    if (!prepared.has(key)) disks.prepare(layout, task.seed);
    prepared.add(key);
    return await (task.do === 'cut' ? judged(applier, task) : traced(applier, task));
  } catch (error) {
    return broken(error);
  } finally {
    applier.endAll();
    disks.unmount();
  }
}

function broken(error: unknown): Answer {
  return { is: 'broken', problem: error instanceof Error ? (error.stack ?? '') : String(error) };
}

async function judged(applier: CutProcess, { cut, seed, as }: CutTask): Promise<Answer> {
  const result = await cutPower(disks, applier, cut, seed);
  const recover = (root: string): Promise<Recovered> => recoveryOf(applier.script).recover(root);
  const violations = await judgeAfterCut(disks.root, as ?? cut.mode, result, recover);
  if (disks.boundInode() === disks.firstInode) return { is: 'judged', violations };
  const moved = { rule: 'a file written in place keeps its inode', detail: cut.start };
  return { is: 'judged', violations: [...violations, moved] };
}

/** One process for all recoveries of a program: it keeps nothing of a host open or in mind. */
function recoveryOf(script: string): RecoveryServer {
  if (recovery?.script === script) return recovery.server;
  recovery?.server.end();
  const server = new RecoveryServer(script);
  recovery = { script, server };
  return server;
}

async function traced(
  applier: CutProcess,
  { layout, mode, cut, seed }: TraceTask,
): Promise<Answer> {
  if (cut === null) {
    disks.insert(layout, seed);
    return { is: 'traced', ...(await applier.trace(mode, 'a')) };
  }
  await cutPower(disks, applier, cut, seed);
  return { is: 'traced', ...(await applier.trace('recover', 'b')) };
}
