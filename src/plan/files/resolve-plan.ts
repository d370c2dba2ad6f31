import { fail, ok, type Diagnostic, type Result } from '../../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../../diagnostics/sort.ts';
import { planSchema } from '../../generated/plan-schema.ts';
import type { SubstitutedPlan } from '../../generated/plan-types.ts';
import type { HostName, PlanName } from '../../model/brand.ts';
import type {
  GateDefaults,
  ResolvedPlan,
  Variables,
  WorkspaceConfig,
} from '../../model/plan-file.ts';
import { gateSpecs } from './build-check.ts';
import { resolvedResource } from './build-resource.ts';
import { effectiveVariables } from './effective-variables.ts';
import { inspectRowsWithoutVersion } from './inspect-cis-row.ts';
import { inputDigest } from './input-digest.ts';
import { matchHost } from './match-host.ts';
import { planProblems, type PlanDocument } from './parse-plan.ts';
import { schemaAt, type SchemaNode } from './schema-node.ts';
import { child, entries, toJson, type SourceTree } from './source-tree.ts';
import { substitute } from './substitute.ts';
import { collectWorkspaceFiles, type CollectedFiles, type ReadSource } from './workspace-files.ts';

export interface ResolveContext {
  readonly host: HostName;
  /** From `--var-file` and `--var`; they win over the plan file's. */
  readonly vars: Variables;
  readonly defaults: GateDefaults;
  /** `cis:` of `setpoint.yaml`; absent: not said. */
  readonly cis?: string | null;
  /** `catalogue:` of `setpoint.yaml`; absent: not said. */
  readonly catalogue?: WorkspaceConfig['catalogue'];
  readonly readSource: ReadSource;
}

export type PlanForHost =
  | { readonly matches: false }
  | { readonly matches: true; readonly plan: ResolvedPlan };

/** The plan as it is meant for one host: variables replaced, sources read, defaults filled in. Every problem at once (SP1xxx). */
export function resolvePlan(document: PlanDocument, context: ResolveContext): Result<PlanForHost> {
  if (!matchHost(document.hosts, context.host)) return ok({ matches: false });
  const { tree, problems: found } = substituted(document, context);
  const problems: Diagnostic[] = [...found];
  const inspection = { file: tree.file, substituted: true, problems };
  const files = collectWorkspaceFiles(inspection, tree.root, context.readSource);
  inspectRowsWithoutVersion(inspection, tree.root, context.cis ?? null);
  if (problems.length > 0) return fail(...sortDiagnostics(problems));
  return ok({ matches: true, plan: build(document, tree, files, context) });
}

/** The plan with its variables replaced; with problems, as far as that was possible. */
export function substituted(
  document: PlanDocument,
  context: Omit<ResolveContext, 'defaults' | 'readSource'>,
): { readonly tree: SourceTree; readonly problems: readonly Diagnostic[] } {
  const { tree } = document;
  if (!document.hasVariables) return { tree, problems: [] };
  const schema: SchemaNode = planSchema;
  const { root, problems } = substitute(tree.root, {
    file: tree.file,
    host: context.host,
    variables: effectiveVariables(tree.root, context.host, context.vars),
    expectsText: (path) => schemaAt(schema, tree.root, path)?.schema.type === 'string',
  });
  const result = { file: tree.file, root };
  // A reference that could not be replaced would only be complained about twice.
  return { tree: result, problems: problems.length > 0 ? problems : planProblems(result, true) };
}

function build(
  document: PlanDocument,
  tree: SourceTree,
  files: CollectedFiles,
  { defaults, cis = null, catalogue = null }: ResolveContext,
): ResolvedPlan {
  // Checked by the validator, which is generated from the same schema as the type.
  const data = toJson(tree.root) as unknown as SubstitutedPlan;
  const context = {
    file: tree.file,
    defaults,
    cis,
    catalogue: data.catalogue ?? catalogue,
    sources: files.bytes,
  };
  const plan = {
    name: document.name,
    file: document.path,
    description: document.description,
    after: document.after.map(({ name }) => name as PlanName),
    resources: entries(child(tree.root, 'resources')).flatMap((entry) => {
      const resource = data.resources[entry.key];
      return resource === undefined ? [] : [resolvedResource(resource, entry, context)];
    }),
    gates: gateSpecs(data.gates ?? [], 'plan', defaults),
    workspaceFiles: files.files,
  };
  return { ...plan, inputDigest: inputDigest(plan) };
}
