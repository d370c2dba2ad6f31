import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import type { Kind } from '../../kinds/kind.ts';
import type { HostPath, ItemKey, PlanName, ResourceId } from '../../model/brand.ts';
import type { ObservationRefusal, ObservedContent, ObservedFile } from '../../model/file-image.ts';
import type { DesiredItem, ItemValue, SourceSpot } from '../../model/item.ts';
import type {
  KindName,
  RecordRule,
  ResolvedPlan,
  ResolvedResource,
  WriteMethod,
} from '../../model/plan-file.ts';
import type { PlannerInput } from './planner-input.ts';
import type { World } from './world.ts';
import { groupBy } from './group-by.ts';
import { located } from './located.ts';

/** One item that one resource of one plan wants, on the real path. */
export interface Declaration {
  readonly plan: PlanName;
  readonly resource: ResourceId;
  readonly path: HostPath;
  readonly kind: KindName;
  readonly item: DesiredItem;
  readonly write?: WriteMethod | undefined;
  readonly record?: RecordRule | undefined;
  readonly at: SourceSpot;
}

/** All declarations of a host, for ownership and per plan. */
export interface Declarations {
  readonly all: readonly Declaration[];
  readonly byItem: ReadonlyMap<string, readonly Declaration[]>;
  readonly byFile: ReadonlyMap<HostPath, readonly Declaration[]>;
  readonly problems: readonly Diagnostic[];
}

export function itemId(path: HostPath, key: ItemKey): string {
  return `${path}\0${key}`;
}

/** Asks every resource's kind what it wants, given the files as they are. Collects every problem. */
export function collectDeclarations(input: PlannerInput, world: World): Declarations {
  const all: Declaration[] = [];
  const problems: Diagnostic[] = [];
  for (const plan of input.plans) {
    for (const found of declarationsOf(input, world, plan)) {
      if ('item' in found) all.push(found);
      else if (inScope(input, plan)) problems.push(found);
    }
  }
  return indexDeclarations(all, input.kindOf, problems);
}

export function indexDeclarations(
  found: readonly Declaration[],
  kindOf: (name: KindName) => Kind,
  problems: readonly Diagnostic[] = [],
): Declarations {
  const all = joined(found, kindOf);
  const byItem = groupBy(all, (declaration) => itemId(declaration.path, declaration.item.key));
  const byFile = groupBy(all, (declaration) => declaration.path);
  return { all, byItem, byFile, problems };
}

/** Items that several resources share, each with the one value that satisfies all of them, where there is one. */
function joined(
  all: readonly Declaration[],
  kindOf: (name: KindName) => Kind,
): readonly Declaration[] {
  const idOf = ({ path, item }: Declaration): string => itemId(path, item.key);
  const values = new Map<string, ItemValue>();
  for (const [id, [first, ...others]] of groupBy(all, idOf)) {
    if (first === undefined || others.every(({ item }) => item.value === first.item.value))
      continue;
    const { key } = first.item;
    const kind = kindOf(first.kind);
    const isShared = [first, ...others].every(({ item }) => item.shareable === true);
    if (kind.join === undefined || !isShared) continue;
    const value = others.reduce<ItemValue | undefined>(
      (now, { item }) => (now === undefined ? undefined : kind.join?.(key, now, item.value)),
      first.item.value,
    );
    if (value !== undefined) values.set(id, value);
  }
  if (values.size === 0) return all;
  return all.map((one) => {
    const value = values.get(idOf(one));
    return value === undefined ? one : { ...one, item: { ...one.item, value } };
  });
}

/** A plan that was not asked for must not stop those that were. */
function inScope(input: PlannerInput, plan: ResolvedPlan): boolean {
  return input.scope.length === 0 || input.scope.includes(plan.name);
}

function* declarationsOf(
  input: PlannerInput,
  world: World,
  plan: ResolvedPlan,
): Generator<Declaration | Diagnostic> {
  for (const resource of plan.resources) {
    const { spec } = resource;
    const observed = input.observed.get(spec.path);
    if (observed === undefined) throw new Error(`not observed: ${spec.path}`);
    if (observed.content.kind === 'refused') {
      yield refusedPath(observed, observed.content, resource.at);
      continue;
    }
    const file = world.files.get(observed.path);
    if (file === undefined) throw new Error(`not in the world: ${observed.path}`);
    const desired = input.kindOf(spec.kind).desired(spec, file.image, spec.path);
    if (!desired.ok) {
      for (const problem of desired.diagnostics) yield declaredBy(plan, resource, problem);
      continue;
    }
    for (const item of desired.value) {
      yield {
        plan: plan.name,
        resource: resource.id,
        path: observed.path,
        kind: spec.kind,
        item,
        write: spec.write,
        record: spec.record,
        at: resource.at,
      };
    }
  }
}

/** A problem with a place in the host's file names who asked for the file; any other is at what the plan file declares. */
function declaredBy(
  plan: ResolvedPlan,
  resource: ResolvedResource,
  problem: Diagnostic,
): Diagnostic {
  if (problem.at === undefined) return located(problem, resource);
  const { file, line } = resource.at;
  const by = `${plan.name}/${resource.id} (${file}:${String(line)})`;
  return { ...problem, message: `${problem.message}; declared by ${by}` };
}

/** What to do about a path that cannot be managed. */
const HELP: Readonly<Record<Exclude<ObservationRefusal, 'hard-link'>, string>> = {
  directory: 'name a file in it',
  'special-file': 'name a regular file, or take the resource out of the plan',
  'bind-mount': 'manage the file that is mounted there, or say `write: in-place`',
  'dangling-link': 'create what the link leads to, or remove the link',
  'escapes-root': 'name a path inside the root',
  'not-readable': 'run setpoint as root, or as a user that may read it',
  'no-place':
    'name another path: a name has at most 255 bytes, and what stands before a slash is a directory',
  'too-large': 'only configuration files are managed',
};

/** Hard links never leave the mount that stat(1) names. */
function hardLinkHelp(realPath: string): string {
  const file = quoteWord(realPath);
  const find = `find "$(stat -c %m -- ${file})" -xdev -samefile ${file}`;
  return `remove the other names (\`${find}\` lists all), or say \`write: in-place\``;
}

function refusedPath(
  { declared: path, realPath }: ObservedFile,
  refusal: Extract<ObservedContent, { kind: 'refused' }>,
  at: SourceSpot,
): Diagnostic {
  return {
    code: 'SP3010',
    severity: 'error',
    message: `${path} cannot be managed: ${refusal.reason}`,
    help: refusal.code === 'hard-link' ? hardLinkHelp(realPath) : HELP[refusal.code],
    at,
  };
}
