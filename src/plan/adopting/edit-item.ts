import { fail } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import type { ResourceSpec } from '../../model/plan-file.ts';
import { itemName } from './adoption.ts';
import type { EditContext, ItemToAdopt, PlanEdit, SourceEdit } from './adoption.ts';
import { editFile } from './edit-file.ts';
import { editFlag } from './edit-flag.ts';
import { noPlace } from './place.ts';
import type { PlanText } from './plan-text.ts';

/** What an item needs changed in the plan file that declares it. Fails with SP3080 to SP3083. */
export function editItem(
  plan: PlanText,
  resource: string,
  spec: ResourceSpec,
  item: ItemToAdopt,
  context: EditContext,
): Result<PlanEdit | SourceEdit> {
  switch (spec.kind) {
    case 'file':
      return editFile(plan, resource, spec, item, context);
    case 'manifest':
      return editFlag(plan, resource, spec, item, context);
    case 'crontab':
    case 'cronjob':
    case 'schedule':
      // None of these comes here: only-by-hand.ts.
      return fail(noPlace(plan, itemName(item)));
    default:
      return spec satisfies never;
  }
}
