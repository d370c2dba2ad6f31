import { quoted } from '../../diagnostics/printable.ts';
import { inspectMounts } from './inspect-mounts.ts';
import { complain, literal, type Inspection } from './inspection.ts';
import { child, entries, items, type MapEntry, type SourceNode } from './source-tree.ts';

/** What the schema cannot say of a resource of kind `manifest`. */
export function inspectManifest(inspection: Inspection, entry: MapEntry): void {
  for (const flag of entries(child(entry.value, 'flags'))) inspectFlag(inspection, flag);
  inspectMounts(inspection, entry);
}

function inspectFlag(inspection: Inspection, { key, keySpan, value }: MapEntry): void {
  if (value.type === 'scalar') {
    if (value.value === null && value.text === '') {
      const help = 'write null when the flag must not be set, or "" for an empty value';
      complain(inspection, 'SP1308', keySpan, `flag ${quoted(key)} has no value`, help);
    }
    return;
  }
  if (value.type !== 'map') return;
  const mixed = value.entries.get('entries');
  if (mixed !== undefined && value.entries.size > 1) {
    const message = '"entries" excludes "include" and "exclude"';
    complain(
      inspection,
      'SP1212',
      mixed.keySpan,
      message,
      'entries is for map flags (a=b,c=d), the others for list flags',
    );
  }
  inspectElements(inspection, child(value, 'include'), child(value, 'exclude'));
}

function inspectElements(
  inspection: Inspection,
  include: SourceNode | undefined,
  exclude: SourceNode | undefined,
): void {
  const seen = new Map<string, 'include' | 'exclude'>();
  for (const [list, node] of [
    ['include', include],
    ['exclude', exclude],
  ] as const) {
    for (const item of items(node)) {
      if (
        item.type !== 'scalar' ||
        (typeof item.value === 'string' && literal(inspection, item) === null)
      )
        continue;
      const before = seen.get(item.text);
      if (before === undefined) seen.set(item.text, list);
      else {
        const where = before === list ? `twice in ${list}` : 'in include and in exclude';
        complain(
          inspection,
          'SP1304',
          item,
          `element ${quoted(item.text)} is ${where}`,
          'remove one of them',
        );
      }
    }
  }
}
