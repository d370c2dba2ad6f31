import { printable, printableLine } from '../../diagnostics/printable.ts';
import type { RunEvent } from '../../model/run-event.ts';
import { withFlags } from '../repeated-flags.ts';
import { plural } from './change-counts.ts';
import { durationText, shortId } from './short-text.ts';
import { timeText } from './time-text.ts';

type Type = RunEvent['type'];
type EventOf<T extends Type> = Extract<RunEvent, { readonly type: T }>;
type Texts = { readonly [T in Type]: (event: EventOf<T>) => string | null };

const LINES: Texts = {
  'window-awaited': ({ until, reason }) =>
    `waiting until ${timeText(until)} (${printableLine(reason)}); Ctrl-C ends it, nothing is changed`,
  'recovery-started': ({ plan, run }) =>
    `settling ${printable(plan)}, left open by run ${printable(run)}`,
  'run-started': ({ run, plan, files }) =>
    `run ${printable(run)}: ${printable(plan)}, ${plural(files, 'file')}`,
  'gate-phase-started': ({ phase, gates }) => `gates ${phase}: ${gates.map(printable).join(', ')}`,
  'gate-attempt': () => null,
  'gate-finished': ({ result }) => verdictLine(result),
  staged: () => null,
  written: writtenText,
  'action-finished': ({ argv, ok, detail }) =>
    `ran ${printable(argv.join(' '))}: ${ok ? 'ok' : 'failed'}${suffix(detail)}`,
  'audit-finished': ({ result }) => verdictLine(result),
  // Why is said by the events before it, and by the report.
  decided: ({ decision }) => `decided: ${decision}`,
  'awaiting-confirmation': ({ run, until }) =>
    `waits until ${until} for: setpoint confirm ${printable(run)}`,
  'revert-waits': ({ upTo }) =>
    `waits up to ${durationText(upTo)} until the kubelet has seen the change, then takes it back`,
  restored: restoredText,
  renewed: ({ path }) =>
    `${printableLine(path)} did not come up; wrote it again with a fresh identity`,
  recorded: ({ commits }) => `recorded ${commits.map(shortId).join(', ')}`,
  'run-ended': ({ plan, outcome }) => `${printable(plan)}: ${outcome}`,
};

const ACTIVITIES: Texts = {
  'window-awaited': ({ until }) => `waiting until ${timeText(until)}`,
  'recovery-started': () => 'settling a run left open',
  'run-started': () => 'starting',
  'gate-phase-started': ({ phase }) => `waiting for gates (${phase})`,
  'gate-attempt': ({ id, phase, attempt, consecutive, needed, detail }) =>
    `gate ${printable(id)} (${phase}) ${consecutive}/${needed}, attempt ${attempt}${suffix(detail)}`,
  'gate-finished': () => null,
  staged: ({ files }) => `staged ${plural(files, 'file')}`,
  written: writtenText,
  'action-finished': () => null,
  'audit-finished': () => null,
  decided: ({ decision }) => (decision === 'keep' ? 'keeping the change' : 'reverting'),
  'awaiting-confirmation': () => 'waiting to be confirmed',
  'revert-waits': () => 'waiting until the kubelet has seen the change, to take it back',
  restored: restoredText,
  renewed: ({ path }) => `waiting for ${printableLine(path)} with a fresh identity`,
  recorded: () => 'recorded',
  'run-ended': () => null,
};

/** One line about something that happened, for logs and pipelines; `null` for events that only animate. */
export function eventLine(event: RunEvent, repeatedFlags: readonly string[] = []): string | null {
  const line = textFor(LINES, event);
  return event.type === 'awaiting-confirmation' && line !== null
    ? withFlags(line, repeatedFlags)
    : line;
}

/** What is going on after an event, for the line with the spinner; `null` leaves it as it is. */
export function activity(event: RunEvent): string | null {
  return textFor(ACTIVITIES, event);
}

/** The table is keyed by type, so that the function of an event's own type takes it. */
function textFor<T extends Type>(texts: Texts, event: EventOf<T>): string | null {
  const text = texts[event.type] as (event: EventOf<T>) => string | null;
  return text(event);
}

function writtenText({ path, removed }: EventOf<'written'>): string {
  return `${removed === true ? 'removed' : 'wrote'} ${printableLine(path)}`;
}

function restoredText({ path, removed }: EventOf<'restored'>): string {
  return `${removed === true ? 'removed' : 'restored'} ${printableLine(path)}`;
}

function verdictLine({
  id,
  verdict,
  took,
  detail,
  phase,
}: EventOf<'gate-finished'>['result']): string {
  const kind = phase === 'audit' ? 'audit' : `gate ${phase}`;
  return `${kind} ${printable(id)}: ${verdict} after ${durationText(took)}${suffix(detail)}`;
}

function suffix(detail: string | null): string {
  return detail === null || detail === '' ? '' : `: ${printable(detail)}`;
}
