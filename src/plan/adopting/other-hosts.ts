import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { HostName, PlanName } from '../../model/brand.ts';
import type { PlanDocument } from '../files/parse-plan.ts';
import type { ResolveContext } from '../files/resolve-plan.ts';
import { resolvePlan } from '../files/resolve-plan.ts';
import { child, entries } from '../files/source-tree.ts';

export interface OtherHostsQuestion {
  /** The hosts of `setpoint.yaml` without this one. */
  readonly hosts: readonly HostName[];
  /** Every plan file before and after; the same object where it is not edited. */
  readonly documents: readonly { readonly before: PlanDocument; readonly after: PlanDocument }[];
  readonly sourcesChange: boolean;
  /** For this host. */
  readonly before: ResolveContext;
  readonly after: ResolveContext;
}

/** A warning for each plan that wants something else of other hosts, too (SP3086). */
export function otherHosts(question: OtherHostsQuestion): readonly Diagnostic[] {
  const { hosts, documents, sourcesChange } = question;
  return documents
    .filter(({ before, after }) => before !== after || (sourcesChange && hasSource(before)))
    .flatMap(({ before, after }) => {
      const changed = hosts.filter((host) => {
        const was = digestFor(before, { ...question.before, host });
        return was !== null && was !== digestFor(after, { ...question.after, host });
      });
      return changed.length === 0 ? [] : [warning(before.name, changed)];
    });
}

/** `null`: not for that host, or not to be resolved for it: `validate` tells that. */
function digestFor(document: PlanDocument, context: ResolveContext): string | null {
  const resolved = resolvePlan(document, context);
  return resolved.ok && resolved.value.matches ? resolved.value.plan.inputDigest : null;
}

function hasSource({ tree }: PlanDocument): boolean {
  const resources = entries(child(tree.root, 'resources'));
  return resources.some(({ value }) => child(value, 'source') !== undefined);
}

function warning(plan: PlanName, hosts: readonly HostName[]): Diagnostic {
  return {
    code: 'SP3086',
    severity: 'warning',
    message: `plan ${plan} is for other hosts, too, and what it wants there changes: ${hosts.join(', ')}`,
    help: 'to leave them as they are, use a variable that hostVars sets for this host',
  };
}
