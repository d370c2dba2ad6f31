import { fail } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import type { TextSplice } from '../../kinds/manifest/text/text-splice.ts';
import type { ResourceId } from '../../model/brand.ts';
import type { ResourceSpec } from '../../model/plan-file.ts';
import type { PlanDocument } from '../files/parse-plan.ts';
import { parsePlanFile } from '../files/parse-plan.ts';
import type { ResolveContext } from '../files/resolve-plan.ts';
import { resolvePlan } from '../files/resolve-plan.ts';
import type { ItemToAdopt, PlanEdit, SourceEdit } from './adoption.ts';
import { itemName } from './adoption.ts';
import { applySplices } from './apply-splices.ts';
import { editItem } from './edit-item.ts';
import { noPlace } from './place.ts';
import { planText } from './plan-text.ts';
import type { PlanText } from './plan-text.ts';

/** An item that a resource declares otherwise than it is on the host. */
export interface Wish {
  readonly item: ItemToAdopt;
  readonly resource: ResourceId;
}

export interface EditedPlan {
  readonly before: PlanDocument;
  readonly after: PlanDocument;
  /** Where alone it may say something else. */
  readonly paths: readonly (readonly string[])[];
}

export interface PlanOutcome {
  /** `null`: nothing changes in this file, or something was refused. */
  readonly edited: EditedPlan | null;
  readonly sources: readonly SourceEdit[];
  readonly refused: readonly Refusal[];
}

export interface Refusal {
  readonly item: ItemToAdopt;
  readonly problems: readonly Diagnostic[];
}

interface FirstLook {
  readonly splices: TextSplice[];
  readonly later: Wish[];
  readonly paths: (readonly string[])[];
  readonly sources: SourceEdit[];
  readonly refused: Refusal[];
}

/** One plan file with every wish in it. What can be changed side by side is done at once, the rest one after the other. */
export function editPlan(
  document: PlanDocument,
  wishes: readonly Wish[],
  context: ResolveContext,
): PlanOutcome {
  const look = lookAtAll(document, wishes, context);
  const { splices, later, paths, sources, refused } = look;
  if (paths.length === 0 || refused.length > 0) return { edited: null, sources, refused };
  let after = parsePlanFile(applySplices(document.tree.file.text, splices), document.path);
  for (const wish of later) after = after.ok ? editedAgain(after.value, wish, context) : after;
  if (after.ok)
    return { edited: { before: document, after: after.value, paths }, sources, refused };
  const problems = after.diagnostics.map(notValid);
  return { edited: null, sources, refused: wishes.map(({ item }) => ({ item, problems })) };
}

function lookAtAll(
  document: PlanDocument,
  wishes: readonly Wish[],
  context: ResolveContext,
): FirstLook {
  const look: FirstLook = { splices: [], later: [], paths: [], sources: [], refused: [] };
  const text = planText(document);
  const specs = specsOf(document, context);
  for (const wish of wishes) {
    const edit = editFor(text, wish, specs, context);
    if (!edit.ok) look.refused.push({ item: wish.item, problems: edit.diagnostics });
    else if ('source' in edit.value) look.sources.push(edit.value);
    else {
      look.paths.push(...edit.value.paths);
      if (edit.value.structural) look.later.push(wish);
      else look.splices.push(...edit.value.splices);
    }
  }
  return look;
}

/** On the text as earlier edits leave it. */
function editedAgain(
  document: PlanDocument,
  wish: Wish,
  context: ResolveContext,
): Result<PlanDocument> {
  const edit = editFor(planText(document), wish, specsOf(document, context), context);
  if (!edit.ok) return edit;
  const splices = 'splices' in edit.value ? edit.value.splices : [];
  return parsePlanFile(applySplices(document.tree.file.text, splices), document.path);
}

type Specs = ReadonlyMap<ResourceId, ResourceSpec>;

function editFor(
  text: PlanText,
  { item, resource }: Wish,
  specs: Specs,
  context: ResolveContext,
): Result<PlanEdit | SourceEdit> {
  const spec = specs.get(resource);
  if (spec === undefined) return fail(noPlace(text, itemName(item)));
  const forHost = { host: context.host, given: context.vars };
  return editItem(text, resource, spec, item, forHost);
}

function specsOf(document: PlanDocument, context: ResolveContext): Specs {
  const resolved = resolvePlan(document, context);
  if (!resolved.ok || !resolved.value.matches) return new Map();
  return new Map(resolved.value.plan.resources.map(({ id, spec }) => [id, spec]));
}

/** A place in a text that nobody has seen says nothing. */
function notValid({ message }: Diagnostic): Diagnostic {
  return {
    code: 'SP3084',
    severity: 'error',
    message: `the edited plan file would not be valid: ${message}`,
    help: 'change the plan file by hand',
  };
}
