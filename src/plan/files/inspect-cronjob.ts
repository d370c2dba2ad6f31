import { fieldProblems } from '../../kinds/cronjob/field-problems.ts';
import { CRONJOB_FIELDS } from '../../kinds/cronjob/item-key.ts';
import { complain, literal, type Inspection } from './inspection.ts';
import { rangeInScalar } from './range-in-scalar.ts';
import { child, type MapEntry } from './source-tree.ts';

/** What the schema cannot say of a resource of kind `cronjob`: that it declares something, and what the API server takes. */
export function inspectCronJob(
  inspection: Inspection,
  { keySpan, value: resource }: MapEntry,
): void {
  if (resource.type !== 'map') return;
  const declared = CRONJOB_FIELDS.filter((field) => resource.entries.has(field));
  if (declared.length === 0) {
    const help = `declare ${CRONJOB_FIELDS.join(', ')}`;
    complain(inspection, 'SP1212', keySpan, 'this CronJob declares nothing', help);
  }
  for (const field of declared) {
    const node = child(resource, field);
    if (node?.type !== 'scalar' || node.value === null) continue;
    const value = typeof node.value === 'string' ? literal(inspection, node) : node.value;
    if (value === null) continue;
    for (const { column, length, message, help } of fieldProblems(field, value)) {
      const place =
        field === 'schedule' ? rangeInScalar(inspection.file, node, column, length) : node;
      complain(inspection, 'SP2283', place, message, help);
    }
  }
}
