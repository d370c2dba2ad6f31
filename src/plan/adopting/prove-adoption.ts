import { posix } from 'node:path';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Kind } from '../../kinds/kind.ts';
import { MODE_KEY } from '../../kinds/file/file-kind.ts';
import type { WorkspacePath } from '../../model/brand.ts';
import { digestOf } from '../../model/canonical-json.ts';
import type { DesiredItem } from '../../model/item.ts';
import type { KindName, ResolvedPlan } from '../../model/plan-file.ts';
import { itemId } from '../difference/declarations.ts';
import type { ItemToAdopt } from './adoption.ts';
import { itemName } from './adoption.ts';
import { changedPaths } from './changed-paths.ts';
import { byItem } from '../drift/declared-items.ts';
import type { DeclaredItem } from '../drift/declared-items.ts';
import type { EditedPlan } from './edit-plan.ts';

/** The plans of a host, and what they want there. */
export interface Reading {
  readonly plans: readonly ResolvedPlan[];
  readonly declared: readonly DeclaredItem[];
}

export interface ProofQuestion {
  readonly items: readonly ItemToAdopt[];
  readonly before: Reading;
  readonly after: Reading;
  readonly edited: readonly EditedPlan[];
  /** Workspace files that get other bytes. */
  readonly sources: readonly WorkspacePath[];
  readonly kindOf: (name: KindName) => Kind;
}

/**
 * What speaks against the new plan files (SP3084): an adopted item that is not as it is on the host, anything else that they
 * would want otherwise, or a place in a file that says something else although nobody wanted that.
 */
export function proveAdoption(question: ProofQuestion): readonly Diagnostic[] {
  const problems = [
    ...question.edited.flatMap(elsewhere),
    ...notAdopted(question),
    ...otherItems(question),
    ...otherMeaning(question),
  ];
  return problems.map((message) => ({
    code: 'SP3084',
    severity: 'error',
    message,
    help: 'change the plan file by hand, or adopt other items by name',
  }));
}

function elsewhere({ before, after, paths }: EditedPlan): readonly string[] {
  const expected = new Set(paths.map((path) => path.join('\0')));
  return changedPaths(before.tree.root, after.tree.root)
    .filter((path) => !path.some((_key, at) => expected.has(path.slice(0, at + 1).join('\0'))))
    .map((path) => `${before.path} would change at ${path.join('.')}, too`);
}

/** Each item has to be declared as often as before; only the mode of a file that must not exist has nothing to say. */
function notAdopted({ items, before, after, kindOf }: ProofQuestion): readonly string[] {
  const [was, is] = [byItem(before.declared), byItem(after.declared)];
  return items.flatMap((item) => {
    const id = itemId(item.path, item.key);
    const now = is.get(id) ?? [];
    const expected = item.live === null && isFileMode(item) ? 0 : (was.get(id) ?? []).length;
    const same = now.every((one) => kindOf(item.kind).same(item.key, one.item.value, item.live));
    if (same && now.length === expected && (expected > 0 || isFileMode(item))) return [];
    return [`${itemName(item)} would not be as it is on the host`];
  });
}

/** Without its bytes: the value is their digest. */
type OtherItem = Omit<DeclaredItem, 'item'> & Pick<DesiredItem, 'key' | 'label' | 'value'>;

function otherItems({ items, before, after }: ProofQuestion): readonly string[] {
  const adopted = new Set(items.map(({ path, key }) => itemId(path, key)));
  const gone = new Set(items.filter(({ bytes }) => bytes === null).map(({ path }) => path));
  const others = (declared: readonly DeclaredItem[]): readonly OtherItem[] =>
    declared
      .map(({ item: { key, label, value }, ...at }) => ({ ...at, key, label, value }))
      .filter((one) => !adopted.has(itemId(one.path, one.key)))
      .filter((one) => !(isFileMode(one) && gone.has(one.path)));
  const [was, is] = [others(before.declared), others(after.declared)];
  const differing = was.findIndex((one, at) => digestOf(one) !== digestOf(is[at] ?? null));
  const first = differing === -1 ? is[was.length] : was[differing];
  if (first === undefined) return [];
  const { plan, resource, path, label } = first;
  return [`what ${plan}/${resource} wants of ${path} (${label}) would change, too`];
}

/** Gates, actions, order, and files that these use. */
function otherMeaning({ before, after, sources }: ProofQuestion): readonly string[] {
  const [was, is] = [before.plans.map(meaning), after.plans.map(meaning)];
  const changed = before.plans.filter((_plan, at) => was[at] !== is[at]);
  const edited = new Set<string>(sources);
  const users = after.plans.filter((plan) => checksOf(plan).some((text) => edited.has(text)));
  return [
    ...(was.length === is.length ? [] : ['other plans would be for this host']),
    ...changed.map(({ name }) => `gates, actions or paths of plan ${name} would change, too`),
    ...users.map(({ name }) => `checks or actions of plan ${name} use a file that would change`),
  ];
}

/** What specs say of items, which are compared for themselves. */
const OF_ITEMS = {
  flags: null,
  content: null,
  mode: null,
  source: null,
  jobs: null,
  environment: null,
  fields: null,
  entries: null,
  global: null,
};

function meaning(plan: ResolvedPlan): string {
  const { inputDigest: _digest, workspaceFiles: _files, resources, ...rest } = plan;
  return digestOf({
    ...rest,
    resources: resources.map(({ at: _at, flagsAt: _flagsAt, spec, ...resource }) => ({
      ...resource,
      spec: { ...spec, ...OF_ITEMS },
    })),
  });
}

/** Every text in gates, audits and actions, as a path of the workspace would be written. */
function checksOf({ gates, resources }: ResolvedPlan): readonly string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string') found.push(posix.normalize(value));
    else if (typeof value === 'object' && value !== null) Object.values(value).forEach(visit);
  };
  visit([gates, ...resources.map((one) => [one.gates, one.audits, one.onChange])]);
  return found;
}

function isFileMode({ kind, key }: Pick<OtherItem, 'kind' | 'key'>): boolean {
  return kind === 'file' && key === MODE_KEY;
}
