import { printable, printableLine } from '../../diagnostics/printable.ts';
import type { WorkspaceName } from '../../model/brand.ts';
import type { DriftItem, DriftState } from '../../model/drift.ts';
import { isDrift } from '../../model/drift.ts';
import type { Style } from '../style.ts';
import { cutMiddle, valueText } from './short-text.ts';

const MARKS: Readonly<Record<DriftState, string>> = {
  'in-sync': '=',
  pending: '>',
  drifted: '~',
  both: '~',
  vanished: '-',
  metadata: '~',
  unknown: '?',
};

export interface DriftLineOptions {
  /** Whose plan files are here: owners of other workspaces are told with theirs. */
  readonly workspace: WorkspaceName | null;
  /** Columns for name and values. */
  readonly room: number;
}

/** `~ --v: 2 → 9  (plan audit-log)`: what is recorded, what the host has, and what more there is to know. */
export function driftItemLine(item: DriftItem, style: Style, options: DriftLineOptions): string {
  const paint = isDrift(item) ? style.yellow : style.dim;
  const name = `${MARKS[item.state]} ${printableLine(item.label)}`;
  const values = valuesOf(item);
  const shown =
    values === '' ? '' : `: ${cutMiddle(values, Math.max(options.room - name.length, 20))}`;
  const notes = [noteOf(item), ownerText(item, options.workspace)].filter((note) => note !== null);
  return `${paint(name)}${shown}${notes.length === 0 ? '' : style.dim(`  (${notes.join('; ')})`)}`;
}

/** `recorded → live`; of what is pending `recorded → desired`. */
function valuesOf({ state, recorded, live, desired }: DriftItem): string {
  const other = state === 'pending' ? (desired === undefined ? live : desired) : live;
  if (recorded === undefined) return other === undefined ? '' : valueText(other);
  if (other === undefined || other === recorded) return valueText(recorded);
  return `${valueText(recorded)} → ${valueText(other)}`;
}

function noteOf({ state, undeclared, desired, ignored }: DriftItem): string | null {
  if (ignored !== undefined) {
    const until = ignored.until === null ? '' : ` until ${ignored.until}`;
    return `ignored${until}: ${printable(ignored.reason)}`;
  }
  if (state === 'vanished') return 'gone';
  if (state === 'unknown') return 'cannot be read';
  if (state === 'metadata') return 'no plan declares it';
  if (state === 'pending') return undeclared === true ? 'to be given back' : 'pending';
  if (state !== 'both') return null;
  return desired === undefined ? 'no longer declared' : `plan file: ${valueText(desired)}`;
}

function ownerText({ owner }: DriftItem, workspace: WorkspaceName | null): string | null {
  if (owner === undefined) return null;
  const ours = workspace === null || workspace === owner.workspace;
  return `plan ${printable(owner.plan)}${ours ? '' : ` of workspace ${printable(owner.workspace)}`}`;
}
