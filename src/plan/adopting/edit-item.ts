import { fail } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import type { ResourceSpec } from '../../model/plan-file.ts';
import { itemName } from './adoption.ts';
import type { EditContext, ItemToAdopt, PlanEdit, SourceEdit } from './adoption.ts';
import { editFile } from './edit-file.ts';
import { editFlag } from './edit-flag.ts';
import { editValue } from './edit-value.ts';
import type { ValuePair } from './edit-value.ts';
import { noPlace } from './place.ts';
import type { PlanText } from './plan-text.ts';
import { cronJobValue, crontabValue, scheduleValue } from './value-pairs.ts';

/** What an item needs changed in the plan file that declares it. Fails with SP3080 to SP3083. */
export function editItem(
  plan: PlanText,
  resource: string,
  spec: ResourceSpec,
  item: ItemToAdopt,
  context: EditContext,
): Result<PlanEdit | SourceEdit> {
  const valueEdit = (pair: ValuePair | null): Result<PlanEdit> =>
    pair === null ? fail(noPlace(plan, itemName(item))) : editValue(plan, pair, item, context);
  switch (spec.kind) {
    case 'file':
      return editFile(plan, resource, spec, item, context);
    case 'manifest':
      return editFlag(plan, resource, spec, item, context);
    case 'crontab':
      return valueEdit(crontabValue(resource, spec, item));
    case 'cronjob':
      return valueEdit(cronJobValue(resource, spec, item));
    case 'schedule':
      return valueEdit(scheduleValue(resource, spec, item));
    default:
      return spec satisfies never;
  }
}
