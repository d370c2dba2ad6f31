import type { ChangeSet } from '../../model/change-set.ts';
import { changeCounts, plural } from './change-counts.ts';
import { isGivenBack } from './given-back.ts';

/** `Plan: 3 to add, 1 to change, 0 to remove, 2 to adopt in 2 files`; rarer kinds of change only when there are some. */
export function planSummary(set: ChangeSet): string {
  const counts = changeCounts(set);
  const words = [
    `${counts.add} to add`,
    `${counts.change} to change`,
    `${counts.remove} to remove`,
    `${counts.adopt} to adopt`,
  ];
  const back = set.parts.flatMap((part) => part.items.filter(isGivenBack)).length;
  const rare = [
    [back, 'to give back'],
    [counts.release - back, 'to let go'],
    [counts.move, 'to move'],
    [counts.record, 'to record'],
    [counts.forget, 'to forget'],
  ] as const;
  for (const [count, text] of rare) if (count > 0) words.push(`${count} ${text}`);
  const files = new Set(set.parts.flatMap((part) => part.items.map((item) => item.path)));
  const unseen = new Set((set.meta.notObserved ?? []).map(({ path }) => path)).size;
  const anew = set.parts.flatMap((part) => part.files).filter(({ record }) => record?.was);
  const otherwise = new Set(anew.map(({ path }) => path)).size;
  const rest = [
    otherwise === 0 ? '' : `; ${plural(otherwise, 'file')} recorded by another rule`,
    unseen === 0 ? '' : `; ${plural(unseen, 'file')} not observed`,
  ];
  return `Plan: ${words.join(', ')} in ${plural(files.size, 'file')}${rest.join('')}`;
}
