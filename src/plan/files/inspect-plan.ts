import { quoted } from '../../diagnostics/printable.ts';
import { inspectCheck } from './inspect-check.ts';
import { inspectResource } from './inspect-resource.ts';
import { complain, literal, type Inspection } from './inspection.ts';
import { globProblem } from './match-host.ts';
import { hasReference, VARIABLE_IN_KEY } from './references.ts';
import { child, entries, items, type MapNode, type SourceNode } from './source-tree.ts';

/** Everything the schema cannot say of a plan file. Adds to `inspection.problems`. */
export function inspectPlan(inspection: Inspection, root: MapNode): void {
  if (!inspection.substituted) {
    inspectHosts(inspection, root);
    inspectVariables(inspection, root);
    for (const key of ['resources', 'gates']) inspectTexts(inspection, child(root, key));
  }
  for (const entry of entries(child(root, 'resources'))) {
    if (entry.key === 'plan') {
      const message =
        'a resource cannot be called "plan": reports use it for the gates of the plan';
      complain(inspection, 'SP1307', entry.keySpan, message);
    }
    inspectResource(inspection, entry);
  }
  for (const gate of items(child(root, 'gates'))) inspectCheck(inspection, gate);
  inspectGateIds(inspection, root);
}

function inspectHosts(inspection: Inspection, root: MapNode): void {
  const globs = items(child(root, 'hosts')).flatMap((node) =>
    node.type === 'scalar' && typeof node.value === 'string'
      ? [{ text: node.value.replace(/^!/, ''), span: node }]
      : [],
  );
  const keys = entries(child(root, 'hostVars')).map((e) => ({ text: e.key, span: e.keySpan }));
  for (const { text, span } of [...globs, ...keys]) {
    const problem = globProblem(text);
    if (problem === null || text === '') continue;
    complain(
      inspection,
      'SP1213',
      span,
      `${quoted(text)} is not a valid host glob: ${problem}`,
      'e.g. cp-*',
    );
  }
}

/** Variables and the keys that decide where a plan applies are read before any variable is known. */
function inspectVariables(inspection: Inspection, root: MapNode): void {
  const sets = [child(root, 'vars'), ...entries(child(root, 'hostVars')).map((e) => e.value)];
  for (const { value } of sets.flatMap((set) => entries(set))) {
    eachText(value, (text, node) => {
      if (!hasReference(text)) return;
      const message = 'a variable cannot refer to other variables';
      complain(inspection, 'SP1104', node, message, 'put the text together where it is used');
    });
  }
  for (const key of ['description', 'hosts']) {
    eachText(child(root, key), (text, node) => {
      if (!hasReference(text)) return;
      complain(inspection, 'SP1103', node, `variables are not possible in ${quoted(key)}`);
    });
  }
}

/** Keys with variables, and characters that neither a path nor an argument can hold. */
function inspectTexts(inspection: Inspection, node: SourceNode | undefined): void {
  for (const item of items(node)) inspectTexts(inspection, item);
  for (const { key, keySpan, value } of entries(node)) {
    if (hasReference(key)) {
      complain(inspection, 'SP1103', keySpan, VARIABLE_IN_KEY);
    }
    inspectTexts(inspection, value);
  }
  if (node?.type === 'scalar' && typeof node.value === 'string' && node.value.includes('\0')) {
    complain(inspection, 'SP1309', node, 'a text cannot hold a NUL character');
  }
}

function eachText(
  node: SourceNode | undefined,
  visit: (text: string, node: SourceNode) => void,
): void {
  if (node?.type === 'scalar' && typeof node.value === 'string') visit(node.value, node);
  for (const item of items(node)) eachText(item, visit);
  for (const { value } of entries(node)) eachText(value, visit);
}

function inspectGateIds(inspection: Inspection, root: MapNode): void {
  const lists = entries(child(root, 'resources')).map((entry) => child(entry.value, 'gates'));
  const seen = new Set<string>();
  for (const gate of [...lists, child(root, 'gates')].flatMap((list) => items(list))) {
    const node = child(gate, 'id');
    const id = literal(inspection, node);
    if (node === undefined || id === null) continue;
    if (seen.has(id)) {
      const message = `gate id ${quoted(id)} is given twice in this plan`;
      complain(inspection, 'SP1307', node, message, 'give each gate its own id, or leave it out');
    }
    seen.add(id);
  }
}
