import { canonicalJson } from '../../model/canonical-json.ts';
import type { ItemKey } from '../../model/brand.ts';
import type { ItemValue } from '../../model/item.ts';

/** The order of fields is no difference. */
export function sameSchedule(_key: ItemKey, a: ItemValue, b: ItemValue): boolean {
  if (a === b || a === null || b === null) return a === b;
  return canonicalJson(JSON.parse(a)) === canonicalJson(JSON.parse(b));
}
