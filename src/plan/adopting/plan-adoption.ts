import { fail, ok } from '../../diagnostics/diagnostic.ts';
import type { Diagnostic, Result } from '../../diagnostics/diagnostic.ts';
import type { HostName, WorkspacePath } from '../../model/brand.ts';
import type { ResolvedPlan } from '../../model/plan-file.ts';
import type { PlanDocument } from '../files/parse-plan.ts';
import type { ResolveContext } from '../files/resolve-plan.ts';
import { resolveWorkspace } from '../files/resolve-workspace.ts';
import { adoptableItems, adoptOthers } from './adoptable.ts';
import type { ItemToAdopt, SourceEdit } from './adoption.ts';
import { declaredItems } from '../drift/declared-items.ts';
import type { DeclarationQuestion, DeclaredItem } from '../drift/declared-items.ts';
import type { EditedPlan } from './edit-plan.ts';
import { editPlans } from './edit-plans.ts';
import type { EditedWorkspace } from './edit-plans.ts';
import { otherHosts } from './other-hosts.ts';
import { proveAdoption } from './prove-adoption.ts';

export interface AdoptionQuestion extends DeclarationQuestion {
  readonly items: readonly ItemToAdopt[];
  /** Why further chosen items cannot be among them. */
  readonly unfit: readonly Diagnostic[];
  /** How `setpoint drift --adopt` names an item. */
  readonly addressOf: (item: ItemToAdopt) => string;
  readonly documents: readonly PlanDocument[];
  /** The same, resolved in `context`. */
  readonly plans: readonly ResolvedPlan[];
  /** What these want. */
  readonly declared: readonly DeclaredItem[];
  readonly context: ResolveContext;
  /** The hosts of `setpoint.yaml`. */
  readonly hosts: readonly string[];
  /** The same text for two paths that lead to one file. */
  readonly identityOf: (path: WorkspacePath) => string;
}

export interface Adoption {
  readonly plans: readonly EditedPlan[];
  /** Each file once. */
  readonly sources: readonly SourceEdit[];
  readonly warnings: readonly Diagnostic[];
}

/** New plan files and sources that declare the items as they are on the host, proved; or every problem (SP308x). Pure. */
export function planAdoption(question: AdoptionQuestion): Result<Adoption> {
  const { items, documents, declared, context, unfit } = question;
  const edited = editPlans({ items, documents, declared, context });
  if (edited.refused.size + unfit.length > 0) return fail(...told(question, edited));
  const proved = provedAdoption(question, edited);
  return proved.ok ? proved : fail(...proved.diagnostics, ...others(question, items));
}

function provedAdoption(question: AdoptionQuestion, edited: EditedWorkspace): Result<Adoption> {
  const { items, documents, plans, declared, context } = question;
  const sources = onceEach(edited.sources, question.identityOf);
  if (!sources.ok) return sources;
  const edits = new Map(edited.plans.map(({ before, after }) => [before, after]));
  const renewed = documents.map((before) => ({ before, after: edits.get(before) ?? before }));
  const after = { ...context, readSource: overlaid(question, sources.value) };
  const resolved = resolveWorkspace(
    renewed.map((document) => document.after),
    after,
  );
  if (!resolved.ok) return fail(...resolved.diagnostics.map(unresolved));
  const problems = proveAdoption({
    items,
    before: { plans, declared },
    after: {
      plans: resolved.value.plans,
      declared: declaredItems(resolved.value.plans, question).items,
    },
    edited: edited.plans,
    sources: sources.value.map(({ source }) => source),
    kindOf: question.kindOf,
  });
  if (problems.length > 0) return fail(...problems);
  const hosts = question.hosts.filter((name) => name !== context.host) as HostName[];
  const sourcesChange = sources.value.length > 0;
  const warnings = otherHosts({ hosts, documents: renewed, sourcesChange, before: context, after });
  return ok({ plans: edited.plans, sources: sources.value, warnings });
}

/** All problems, and what can be adopted without them. */
function told(question: AdoptionQuestion, { refused }: EditedWorkspace): readonly Diagnostic[] {
  const { items, unfit } = question;
  const cannot = refused.size + unfit.length;
  // Items whose one plan file is not valid any more have one problem between them.
  const problems = [...unfit, ...new Set([...refused.values()].flat())];
  if (items.length + unfit.length === 1) return problems;
  const rest = items.filter((item) => !refused.has(item));
  const message = `nothing was adopted: ${cannot} of ${items.length + unfit.length} drifted items cannot be`;
  const help = adoptOthers(adoptable(question, rest), rest.length, question.addressOf);
  return [...problems, { code: 'SP3085', severity: 'error', message, ...help }];
}

/** What can be adopted of items that cannot be all together. */
function others(question: AdoptionQuestion, items: readonly ItemToAdopt[]): readonly Diagnostic[] {
  const possible = items.length === 1 ? [] : adoptable(question, items);
  if (possible.length === 0) return [];
  const message = `nothing was adopted: these ${items.length} items cannot be, together`;
  const help = adoptOthers(possible, items.length, question.addressOf);
  return [{ code: 'SP3085', severity: 'error', message, ...help }];
}

function adoptable(
  question: AdoptionQuestion,
  items: readonly ItemToAdopt[],
): readonly ItemToAdopt[] {
  const { plans, declared, documents, context, identityOf } = question;
  return adoptableItems({
    items,
    plans,
    declared,
    identityOf,
    attempt: (some) => {
      const edited = editPlans({ items: some, documents, declared, context });
      return edited.refused.size > 0
        ? fail()
        : provedAdoption({ ...question, items: some, unfit: [] }, edited);
    },
  });
}

function unresolved({ message }: Diagnostic): Diagnostic {
  return {
    code: 'SP3084',
    severity: 'error',
    message: `the edited plan files could not be resolved: ${message}`,
    help: 'change the plan file by hand',
  };
}

function onceEach(
  edits: readonly SourceEdit[],
  identityOf: (path: WorkspacePath) => string,
): Result<readonly SourceEdit[]> {
  const byFile = new Map<string, SourceEdit>();
  const problems: Diagnostic[] = [];
  for (const edit of edits) {
    const known = byFile.get(identityOf(edit.source));
    if (known === undefined) byFile.set(identityOf(edit.source), edit);
    else if (Buffer.compare(known.bytes, edit.bytes) !== 0) {
      problems.push({
        code: 'SP3088',
        severity: 'error',
        message: `${edit.source} would get the content of two files`,
        help: 'give each resource a source of its own, then adopt again',
      });
    }
  }
  return problems.length > 0 ? fail(...problems) : ok([...byFile.values()]);
}

function overlaid(
  { context, identityOf }: AdoptionQuestion,
  edits: readonly SourceEdit[],
): ResolveContext['readSource'] {
  const bytes = new Map(edits.map((edit) => [identityOf(edit.source), edit.bytes]));
  return (path) => {
    const source = context.readSource(path);
    const edited = bytes.get(identityOf(path));
    return edited === undefined || 'problem' in source ? source : { ...source, bytes: edited };
  };
}
