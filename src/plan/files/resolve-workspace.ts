import { fail, ok, type Diagnostic, type Result } from '../../diagnostics/diagnostic.ts';
import { quoted } from '../../diagnostics/printable.ts';
import { sortDiagnostics } from '../../diagnostics/sort.ts';
import { suggestion } from '../../diagnostics/suggest.ts';
import type { PlanName, WorkspacePath } from '../../model/brand.ts';
import type { ResolvedPlan } from '../../model/plan-file.ts';
import { cyclesOf, orderPlans } from './order-plans.ts';
import type { PlanDocument } from './parse-plan.ts';
import { resolvePlan, type ResolveContext } from './resolve-plan.ts';
import { report } from './source-file.ts';

export interface ResolvedWorkspace {
  /** Plans for this host, in the order they are applied. */
  readonly plans: readonly ResolvedPlan[];
  readonly otherHosts: readonly { readonly name: PlanName; readonly file: WorkspacePath }[];
}

/** All plan files for one host. Problems of single plans and between them, of all files at once (SP1xxx). */
export function resolveWorkspace(
  documents: readonly PlanDocument[],
  context: ResolveContext,
): Result<ResolvedWorkspace> {
  const problems: Diagnostic[] = [
    ...sameNames(documents),
    ...unknownPredecessors(documents),
    ...circles(documents),
  ];
  const plans: ResolvedPlan[] = [];
  const otherHosts: { name: PlanName; file: WorkspacePath }[] = [];
  for (const document of documents) {
    const result = resolvePlan(document, context);
    if (!result.ok) problems.push(...result.diagnostics);
    else if (result.value.matches) plans.push(result.value.plan);
    else otherHosts.push({ name: document.name, file: document.path });
  }
  if (problems.length > 0) return fail(...sortDiagnostics(problems));
  return ok({ plans: orderPlans(plans), otherHosts });
}

function sameNames(documents: readonly PlanDocument[]): readonly Diagnostic[] {
  const first = new Map<PlanName, PlanDocument>();
  const problems: Diagnostic[] = [];
  for (const document of documents) {
    const other = first.get(document.name);
    if (other === undefined) {
      first.set(document.name, document);
      continue;
    }
    const message = `plan name ${quoted(document.name)} is taken by ${other.path}`;
    problems.push(
      report(
        document.tree.file,
        'SP1401',
        document.nameSpan,
        message,
        'give each plan file its own name',
      ),
    );
  }
  return problems;
}

function unknownPredecessors(documents: readonly PlanDocument[]): readonly Diagnostic[] {
  const names = new Set<string>(documents.map((document) => document.name));
  return documents.flatMap((document) =>
    document.after
      .filter(({ name }) => !names.has(name))
      .map(({ name, span }) => {
        const message = `there is no plan ${quoted(name)} in this workspace`;
        return report(document.tree.file, 'SP1402', span, message, suggestion(name, names));
      }),
  );
}

function circles(documents: readonly PlanDocument[]): readonly Diagnostic[] {
  const plans = documents.map((document) => ({
    name: document.name,
    after: document.after.map(({ name }) => name as PlanName),
    document,
  }));
  return cyclesOf(plans).flatMap((cycle) => {
    const [first, second = first] = cycle;
    const document = documents.find(({ name }) => name === first);
    const spot = document?.after.find(({ name }) => name === second);
    if (document === undefined || spot === undefined) return [];
    const message = `plans wait for each other: ${[...cycle, first].join(' after ')}`;
    return [
      report(document.tree.file, 'SP1403', spot.span, message, 'remove one of these references'),
    ];
  });
}
