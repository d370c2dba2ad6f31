import { fail } from '../../diagnostics/diagnostic.ts';
import type { Result } from '../../diagnostics/diagnostic.ts';
import { matchesGlob } from '../files/match-host.ts';
import { textParts } from '../files/references.ts';
import { report, spotOf } from '../files/source-file.ts';
import type { Span } from '../files/source-file.ts';
import { child, entries, items } from '../files/source-tree.ts';
import type { MapEntry, MapNode, SourceNode } from '../files/source-tree.ts';
import type { EditContext, PlanEdit } from './adoption.ts';
import type { PlanText } from './plan-text.ts';
import { setHostVariable } from './set-host-variable.ts';
import type { ScalarWish } from './splice-value.ts';

/** A reference, as `vars.x`, and where it stands. */
export interface Reference {
  readonly name: string;
  readonly span: Span;
}

/**
 * Gives a variable that is used once another value for this host alone: as `hostVars.<host>.<name>`. Fails with SP3081 and where
 * the variable is set, SP3082 for a value that no variable can hold, SP3080 where the text cannot be changed.
 */
export function editVariable(
  plan: PlanText,
  reference: Reference,
  wish: ScalarWish,
  { host, given }: EditContext,
): Result<PlanEdit> {
  const { file, root } = plan.document.tree;
  const refuse = (message: string, help: string): Result<PlanEdit> =>
    fail(report(file, 'SP3081', reference.span, message, help));
  const name = reference.name.replace(/^vars\./, '');
  if (reference.name === 'host.name') {
    return refuse('this value is the name of the host', 'write the value out here, by hand');
  }
  if (Object.hasOwn(given, name)) {
    const help = 'change what is given there, or set it under hostVars and give it no more';
    return refuse(`variable ${name} is given by --var or --var-file`, help);
  }
  const set = definition(root, name, host);
  const where = set === null ? 'nowhere in this file' : `on line ${lineOf(plan, set.keySpan)}`;
  const uses = usesOf(root, reference.name);
  if (uses.length > 1) {
    const lines = uses.map((use) => lineOf(plan, use)).join(', ');
    const message = `variable ${name} (set ${where}) is used ${uses.length} times: lines ${lines}`;
    return refuse(message, 'change the variable, or write the value out here, by hand');
  }
  if (wish.text?.includes('${') === true) {
    const message = `variable ${name} (set ${where}) cannot hold \${`;
    return fail(
      report(file, 'SP3082', reference.span, message, 'write the value out here, by hand'),
    );
  }
  const mustBeText = wish.mustBeText || isText(set?.value);
  return setHostVariable(plan, { host, name, wish: { ...wish, mustBeText } });
}

function lineOf(plan: PlanText, { start }: Span): number {
  return spotOf(plan.document.tree.file, start).line;
}

/** Where the value comes from that counts on the host: see effective-variables.ts. */
function definition(root: MapNode, name: string, host: string): MapEntry | null {
  const byHost = entries(child(root, 'hostVars'));
  const sets = [
    child(root, 'vars'),
    ...byHost.filter(({ key }) => key !== host && matchesGlob(key, host)).map(({ value }) => value),
    byHost.find(({ key }) => key === host)?.value,
  ];
  const found = sets.flatMap((set) => entries(set).filter(({ key }) => key === name));
  return found.at(-1) ?? null;
}

function isText(node: SourceNode | undefined): boolean {
  return node?.type === 'scalar' && typeof node.value === 'string';
}

/** Every scalar that refers to it; a scalar that does so twice counts twice. */
function usesOf(root: MapNode, reference: string): readonly Span[] {
  const uses: Span[] = [];
  const visit = (node: SourceNode | undefined): void => {
    for (const { value } of entries(node)) visit(value);
    for (const item of items(node)) visit(item);
    if (node?.type !== 'scalar' || typeof node.value !== 'string') return;
    for (const part of textParts(node.value)) {
      if (part.kind === 'reference' && part.name === reference) uses.push(node);
    }
  };
  for (const key of ['resources', 'gates']) visit(child(root, key));
  return uses;
}
