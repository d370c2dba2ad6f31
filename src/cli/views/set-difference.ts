import { printable } from '../../diagnostics/printable.ts';
import type { ChangeSet } from '../../model/change-set.ts';
import type { JsonValue } from '../../model/item.ts';
import { differenceLine, structuralDiff } from './structural-diff.ts';

/** What is different between two change sets of the same request, one line a difference, for a person who approved the first. */
export function setDifference(before: ChangeSet, after: ChangeSet): readonly string[] {
  const lines = structuralDiff(outline(before), outline(after)).map(differenceLine);
  if (lines.length === 0) return ['the same changes, on files that were written to meanwhile'];
  return lines.map(printable);
}

/** The change set as one object keyed by what people know: plan, path, item. */
function outline(set: ChangeSet): JsonValue {
  const plans: Record<string, Record<string, Record<string, string>>> = {};
  for (const part of set.parts) {
    const files: Record<string, Record<string, string>> = {};
    for (const item of part.items) {
      const values = `${item.action} ${item.live ?? 'absent'} → ${item.desired ?? 'absent'}`;
      (files[item.path] ??= {})[item.label] = values;
    }
    plans[part.plan] = files;
  }
  return plans;
}
