import { fail, ok, type Diagnostic, type Result } from '../../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../../diagnostics/sort.ts';
import { planSchema } from '../../generated/plan-schema.ts';
import { validatePlanFile } from '../../generated/plan-validator.js';
import type { PlanName, WorkspacePath } from '../../model/brand.ts';
import { inspectPlan } from './inspect-plan.ts';
import { readSourceTree } from './read-source-tree.ts';
import { escapeReferences, hasMarker } from './references.ts';
import { schemaProblems } from './schema-problems.ts';
import type { Span } from './source-file.ts';
import { child, entries, items, toJson, type SourceNode, type SourceTree } from './source-tree.ts';

/** A name with the place where it is written. */
export interface NamedSpot {
  readonly name: string;
  readonly span: Span;
}

/** A plan file whose form is right; variables are not yet replaced. */
export interface PlanDocument {
  readonly path: WorkspacePath;
  readonly tree: SourceTree;
  readonly name: PlanName;
  readonly nameSpan: Span;
  readonly description: string;
  /** Empty = every host. */
  readonly hosts: readonly string[];
  readonly after: readonly NamedSpot[];
  /** Something in `resources` or `gates` must be substituted. */
  readonly hasVariables: boolean;
}

/** Reads one plan file. Every problem of the file at once, sorted by place (SP1xxx). */
export function parsePlanFile(text: string, file: WorkspacePath): Result<PlanDocument> {
  const { tree, problems } = readSourceTree(text, file, 'plan file');
  if (tree === null) return fail(...sortDiagnostics(problems));
  const all = [...problems, ...planProblems(tree, false)];
  return all.length > 0 ? fail(...sortDiagnostics(all)) : ok(document(tree, file));
}

/**
 * Problems of form and meaning. `substituted`: the tree holds values, not references; a remaining `${` is then plain text, which
 * the validator must not take for a reference.
 */
export function planProblems(tree: SourceTree, substituted: boolean): readonly Diagnostic[] {
  const data = substituted
    ? toJson(tree.root, ({ value }) =>
        typeof value === 'string' ? escapeReferences(value) : value,
      )
    : toJson(tree.root);
  const problems: Diagnostic[] = [];
  if (!validatePlanFile(data)) {
    problems.push(...schemaProblems(tree, planSchema, validatePlanFile.errors ?? [], substituted));
  }
  inspectPlan({ file: tree.file, substituted, problems }, tree.root);
  return problems;
}

function document(tree: SourceTree, path: WorkspacePath): PlanDocument {
  const name = child(tree.root, 'name') ?? tree.root;
  const named = (node: SourceNode): NamedSpot => ({ name: textOf(node), span: node });
  return {
    path,
    tree,
    name: textOf(name) as PlanName,
    nameSpan: name,
    description: textOf(child(tree.root, 'description')),
    hosts: items(child(tree.root, 'hosts')).map(textOf),
    after: items(child(tree.root, 'after')).map(named),
    hasVariables: ['resources', 'gates'].some((key) => hasVariables(child(tree.root, key))),
  };
}

function textOf(node: SourceNode | undefined): string {
  return node?.type === 'scalar' ? node.text : '';
}

function hasVariables(node: SourceNode | undefined): boolean {
  if (node?.type === 'scalar') return typeof node.value === 'string' && hasMarker(node.value);
  return (
    items(node).some((item) => hasVariables(item)) ||
    entries(node).some((entry) => hasVariables(entry.value))
  );
}
