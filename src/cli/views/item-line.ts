import { printable } from '../../diagnostics/printable.ts';
import type { ItemAction, ItemChange } from '../../model/item.ts';
import type { Style } from '../style.ts';
import { cutMiddle, valueText } from './short-text.ts';

const MARKS: Readonly<Record<ItemAction, '+' | '~' | '-' | '='>> = {
  add: '+',
  change: '~',
  remove: '-',
  release: '-',
  adopt: '=',
  move: '=',
  record: '=',
  forget: '=',
};

/** `~ --profiling: true → false  (drifted)`; values are cut to `room` columns together. */
export function itemLine(item: ItemChange, style: Style, room: number): string {
  const mark = MARKS[item.action];
  const paint = { '+': style.green, '~': style.yellow, '-': style.red, '=': style.cyan }[mark];
  const label = printable(item.label);
  const values = cutMiddle(valuesText(item), Math.max(room - label.length - 4, 20));
  const note = noteFor(item);
  const tail = note === '' ? '' : `  ${style.dim(`(${note})`)}`;
  return `${paint(`${mark} ${label}`)}${values === '' ? '' : `: ${values}`}${tail}`;
}

function valuesText({ action, live, desired }: ItemChange): string {
  if (action === 'add') return valueText(desired);
  return action === 'change' ? `${valueText(live)} → ${valueText(desired)}` : valueText(live);
}

const CAUSES = { pending: '', drifted: 'drifted', both: 'drifted and changed' } as const;

function noteFor({ action, cause, movedFrom }: ItemChange): string {
  const notes: Readonly<Record<ItemAction, string>> = {
    add: CAUSES[cause],
    change: CAUSES[cause],
    remove: CAUSES[cause],
    release: 'the text from before comes back',
    adopt: 'adopt: already right',
    move: movedFrom === undefined ? 'moved here' : `moved from ${printable(movedFrom)}`,
    record: 'already right: only recorded',
    forget: 'forgotten: not what was applied any more, stays as it is',
  };
  return notes[action];
}
