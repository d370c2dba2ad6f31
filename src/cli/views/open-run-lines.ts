import { printable, printableLine } from '../../diagnostics/printable.ts';
import { durationText } from '../../model/duration-text.ts';
import type { RunId } from '../../model/brand.ts';
import type { LockHolderTold, OpenRunTold } from '../../operations/open-run-results.ts';
import type { Style } from '../style.ts';

type Confirm = NonNullable<OpenRunTold['confirm']>;
type Waiting = Pick<OpenRunTold, 'run'> & { readonly confirm: Confirm };

export const REVERT_FAILED = 'revert-failed';

/** Somebody holds the lock, but nothing readable says who: it is never nobody. */
export const UNKNOWN_PROCESS =
  "a process that is not known here (another user's? setpoint locks, as root, shows it)";

/** `pid 4711 (setpoint apply)`, or that it is not known; pid 0: the holder's words cannot be read. */
export function holderName({ pid, command }: Pick<LockHolderTold, 'pid' | 'command'>): string {
  return pid === 0 ? UNKNOWN_PROCESS : `pid ${String(pid)} (${printable(command)})`;
}

/** A living process and the runs that are its work. */
export function runningLines(
  holder: LockHolderTold,
  runs: readonly OpenRunTold[],
): readonly string[] {
  const since = holder.since === '' ? '' : ` since ${printable(holder.since)}`;
  // What a guardian waits for is said at its run.
  const waits = runs.some(({ confirm }) => confirm !== undefined);
  const [short = ''] = holder.command.split(', which waits');
  return [
    `running: ${holderName(waits ? { ...holder, command: short } : holder)}${since}`,
    ...runs.map(
      (open) => `  run ${printable(open.run)} of ${printable(open.plan)}${waitText(open)}`,
    ),
  ];
}

function waitText({ run, confirm }: OpenRunTold): string {
  if (confirm === undefined) return '';
  return ` waits ${durationText(confirm.left)} more (until ${confirm.until}) for: setpoint confirm ${printable(run)}`;
}

/** A run that nobody works on: what it is, and by whom or what it is settled. */
export function leftOpenLines(open: OpenRunTold, style: Style): readonly string[] {
  const name = `open run ${printable(open.run)} of ${printable(open.plan)}`;
  const { confirm } = open;
  // Its guardian was killed, or the host was restarted: nothing happens by itself any more.
  if (confirm !== undefined) {
    return [
      style.red(`${name}: waits to be confirmed, but nobody waits for it any more`),
      `  ${keepText({ ...open, confirm })}`,
      '  otherwise taken back by the next command that takes the run lock, or by the boot units at a restart',
    ];
  }
  return [
    style.red(`${name}: ${stateText(open.state)}`),
    ...open.blocks.map((path) => `  blocks ${printableLine(path)}`),
  ];
}

const STATES: Readonly<Record<string, string>> = {
  staging: 'its command ended before anything was changed',
  committed: 'its command ended before it was settled',
  [REVERT_FAILED]: 'it needs a person (revert-failed)',
};

function stateText(state: string): string {
  return STATES[state] ?? printable(state);
}

/** Whether a run that waits to be confirmed can still be. */
export function keepText({ run, confirm }: Waiting): string {
  return confirm.left > 0
    ? `can still be kept until ${confirm.until} (${durationText(confirm.left)} more): setpoint confirm ${printable(run)}`
    : `cannot be confirmed any more: its time was to end at ${confirm.until}`;
}

type Open = {
  readonly holder: LockHolderTold | null;
  readonly openRuns: readonly OpenRunTold[];
};

/** What a living process works on is not left open; a failed revert is, whoever works meanwhile. */
export function leftOpen({ holder, openRuns }: Open): readonly OpenRunTold[] {
  return openRuns.filter(({ state }) => holder === null || state === REVERT_FAILED);
}

/** What to do next about open runs; `null`: there are none. `changed`: those of whose files somebody changed something meanwhile. */
export function nextOfOpenRuns(open: Open, changed: readonly RunId[]): string | null {
  const edited = new Set(changed);
  const left = leftOpen(open);
  if (left.some(({ state }) => state === REVERT_FAILED)) {
    return 'Needs a person. Next: setpoint recover --dry-run';
  }
  if (left.length > 0) return nextOfLeftOpen(left, edited);
  return open.holder !== null && open.openRuns.length > 0
    ? nextOfRunning(open.openRuns, edited)
    : null;
}

/** What to do next about runs that nobody works on, none of which needs a person. */
function nextOfLeftOpen(open: readonly OpenRunTold[], edited: ReadonlySet<RunId>): string {
  const waits = open.find(canConfirm);
  if (waits === undefined) {
    return 'Next: setpoint recover (setpoint recover --dry-run shows first what it would do)';
  }
  const run = printable(waits.run);
  if (edited.has(waits.run)) return nextOfEdited(run, 'setpoint recover');
  return `Next: setpoint confirm ${run} (keeps it), or setpoint recover (takes it back)`;
}

/** What to do next while a process works on runs: what it does to files is not drift. */
export function nextOfRunning(
  open: readonly OpenRunTold[],
  edited: ReadonlySet<RunId> = new Set(),
): string {
  const waits = open.find(canConfirm);
  if (waits === undefined) return 'A run is at work. Next: setpoint status, when it has ended';
  const run = printable(waits.run);
  if (edited.has(waits.run)) return nextOfEdited(run, `setpoint confirm --reject ${run}`);
  return `Next: setpoint confirm ${run} (keeps it), or setpoint confirm --reject ${run} (takes it back)`;
}

/** What is confirmed must be what was proven, and a revert takes no edit of somebody else away. */
function nextOfEdited(run: string, takeBack: string): string {
  return `Next: take the edit out of its files, then setpoint confirm ${run} (keeps it), or ${takeBack} (takes it back). With the edit confirm refuses, and taking it back needs a person where the edit is at lines of the run`;
}

function canConfirm({ confirm }: Pick<OpenRunTold, 'confirm'>): boolean {
  return confirm !== undefined && confirm.left > 0;
}
