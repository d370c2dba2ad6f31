import type { ItemKey } from '../../model/brand.ts';
import type { DocumentPath } from '../../structured/structured.ts';
import { isOwnLayout, OWN_LAYOUT } from './layout.ts';
import type { ScheduleLayout } from './layout.ts';

/** What a key of the recorded state means, without a plan: where the list stands is in it where that is not as in our schema. */
export type ScheduleItem =
  | {
      readonly item: 'entry';
      readonly name: string;
      readonly list: readonly string[];
      readonly key: string;
    }
  | { readonly item: 'global'; readonly name: string };

/** `entry:backup-db`, or `entry@jobs.items[id]:backup-db`. */
export function entryKey(name: string, layout: ScheduleLayout): ItemKey {
  const own = isOwnLayout({ ...layout, scheduleField: OWN_LAYOUT.scheduleField });
  const where = own ? '' : `@${layout.list.join('.')}[${layout.key}]`;
  return `entry${where}:${name}` as ItemKey;
}

/** `global:timezone`. */
export function globalKey(name: string): ItemKey {
  return `global:${name}` as ItemKey;
}

/** `null`: no key of this kind. */
export function readKey(key: ItemKey): ScheduleItem | null {
  const match = /^(?:global|entry(?:@([^[\]:]*)\[([^[\]:]+)\])?):(.*)$/s.exec(key);
  if (match === null) return null;
  const [, list, field, name = ''] = match;
  if (key.startsWith('global:')) return { item: 'global', name };
  const steps = list === undefined ? OWN_LAYOUT.list : list.split('.').filter((one) => one !== '');
  return { item: 'entry', name, list: steps, key: field ?? OWN_LAYOUT.key };
}

export function documentPath(item: ScheduleItem): DocumentPath {
  if (item.item === 'global') return ['global', item.name];
  return [...item.list, { field: item.key, is: item.name }];
}
