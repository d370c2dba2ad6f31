import { printable, printableLine } from '../../diagnostics/printable.ts';
import type { ItemAction, ItemChange, ItemValue } from '../../model/item.ts';
import type { Style } from '../style.ts';
import { isGivenBack } from './given-back.ts';
import { cutMiddle, valueText } from './short-text.ts';

type Mark = '+' | '~' | '-' | '=';

const MARKS: Readonly<Record<Exclude<ItemAction, 'release'>, Mark>> = {
  add: '+',
  change: '~',
  remove: '-',
  adopt: '=',
  move: '=',
  record: '=',
  forget: '=',
};

/** `~ --profiling: true → false  (drifted)`; values are cut to `room` columns together. */
export function itemLine(item: ItemChange, style: Style, room: number): string {
  const mark = markOf(item);
  const paint = { '+': style.green, '~': style.yellow, '-': style.red, '=': style.cyan }[mark];
  const element = elementOf(item);
  const label = printableLine(element?.flag ?? item.label);
  const text = element === null ? valuesText(item) : elementText(element.name, item);
  const values = cutMiddle(text, Math.max(room - label.length - 4, 20));
  const note = noteFor(item);
  const tail = note === '' ? '' : `  ${style.dim(`(${note})`)}`;
  return `${paint(`${mark} ${label}`)}${values === '' ? '' : `: ${values}`}${tail}`;
}

function markOf({ action, live, desired }: ItemChange): Mark {
  if (action !== 'release') return MARKS[action];
  if (live === desired) return '=';
  return markBetween(live, desired);
}

function markBetween(live: ItemValue, desired: ItemValue): Mark {
  if (live === null) return '+';
  return desired === null ? '-' : '~';
}

/**
 * An element of a list flag (`flags/<container>/<flag>/<element>`, where an entry's key ends with `=`): its value only says
 * whether it is there, and its label is `--flag[element]`.
 */
function elementOf({ key, label }: ItemChange): { flag: string; name: string } | null {
  if (!/^flags\/[^/]+\/[^/]+\/[^/]*[^/=]$/.test(key)) return null;
  const match = /^(--[^[]+)\[(.*)\]$/s.exec(label);
  return match === null ? null : { flag: match[1] ?? '', name: match[2] ?? '' };
}

/** The mark tells of one that comes or goes; of one that stays away only a word can. */
function elementText(name: string, { live, desired }: ItemChange): string {
  const absent = live === null && desired === null;
  return absent ? `${printableLine(name)} ${valueText(null)}` : printableLine(name);
}

function valuesText({ action, live, desired }: ItemChange): string {
  const both = `${valueText(live)} → ${valueText(desired)}`;
  if (action === 'release' && live !== null && desired !== null && live !== desired) return both;
  if (action === 'add' || (action === 'release' && live === null)) return valueText(desired);
  return action === 'change' ? both : valueText(live);
}

const CAUSES = { pending: '', drifted: 'drifted', both: 'drifted and changed' } as const;

function noteFor(item: ItemChange): string {
  const { action, cause, movedFrom } = item;
  const notes: Readonly<Record<ItemAction, string>> = {
    add: CAUSES[cause],
    change: CAUSES[cause],
    remove: CAUSES[cause],
    release: releaseNote(item),
    adopt: 'adopt: already right',
    move: movedFrom === undefined ? 'moved here' : `moved from ${printable(movedFrom)}`,
    record: 'already right: only recorded',
    forget: 'forgotten: not what was applied any more, stays as it is',
  };
  return notes[action];
}

function releaseNote(item: ItemChange): string {
  if (!isGivenBack(item)) return 'no longer owned; nothing changes';
  return item.desired === null ? 'given back: was absent' : 'given back';
}
