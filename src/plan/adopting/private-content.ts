import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { CONTENT_KEY } from '../../kinds/file/file-kind.ts';
import { markOf } from '../../kinds/record-rule.ts';
import type { HostPath, WorkspaceName } from '../../model/brand.ts';
import { imageOf } from '../../model/file-image.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import type { RecordRule, ResolvedPlan, ResourceSpec } from '../../model/plan-file.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import { groupBy } from '../difference/group-by.ts';
import { isShared, judgeRecord } from '../difference/file-record.ts';
import { itemName } from './adoption.ts';
import type { ItemInFile } from '../drift/named-items.ts';

export interface RecordRules {
  readonly workspace: WorkspaceName;
  readonly recorded: Pick<RecordedState, 'files'>;
  readonly plans: readonly ResolvedPlan[];
  /** By declared and by managed path. */
  readonly observed: ReadonlyMap<HostPath, ObservedFile>;
  /** What plans declare, by the file's identity. */
  readonly specs: ReadonlyMap<HostPath, readonly ResourceSpec[]>;
}

export function recordRules(given: Omit<RecordRules, 'specs'>): RecordRules {
  const specs = given.plans.flatMap(({ resources }) => resources.map(({ spec }) => spec));
  return { ...given, specs: groupBy(specs, (spec) => identityOf(spec, given)) };
}

/** How much of a file (by its identity) may be kept: what plans say, or how it is recorded and what it looks like on the host now. */
function recordRuleOf(path: HostPath, rules: RecordRules): RecordRule {
  const { workspace, recorded, observed } = rules;
  const said = (rules.specs.get(path) ?? []).flatMap(({ record }) => record ?? []);
  const known = recorded.files.get(path);
  const live = imageOf(observed.get(path)?.content ?? { kind: 'absent' });
  const shared = isShared(known, workspace);
  const asRecorded = false;
  const question = { path, kind: 'file', said, known, shared, asRecorded } as const;
  return judgeRecord({ ...question, before: live, after: live }).record.rule;
}

function identityOf({ path }: ResourceSpec, { observed }: Pick<RecordRules, 'observed'>): HostPath {
  return observed.get(path)?.path ?? path;
}

/** Why the live content of a file does not go into the workspace, where it would be committed (SP3083); `null`: it may. */
export function privateContent({ file, item }: ItemInFile, rules: RecordRules): Diagnostic | null {
  const content = rules.observed.get(file.path)?.content;
  if (file.kind !== 'file' || item.key !== CONTENT_KEY || content?.kind !== 'file') return null;
  const rule = recordRuleOf(file.path, rules);
  if (rule === 'full') return null;
  const mark = markOf(imageOf(content));
  const why = mark === null ? `is recorded without a copy (record: ${rule})` : `holds ${mark}`;
  return {
    code: 'SP3083',
    severity: 'error',
    message: `${itemName({ label: item.label, path: file.path })} is not written into the workspace: the file ${why}`,
    help: 'put it there by hand, or say `record: full` in its plan',
  };
}

/** Plan files that hold the content of such a file themselves: a difference of them could show it. */
export function privatePlans(rules: RecordRules): ReadonlySet<string> {
  const isPrivate = (spec: ResourceSpec): boolean =>
    spec.kind === 'file' &&
    spec.content !== null &&
    spec.source === null &&
    recordRuleOf(identityOf(spec, rules), rules) !== 'full';
  const hidden = rules.plans.filter(({ resources }) =>
    resources.some(({ spec }) => isPrivate(spec)),
  );
  return new Set(hidden.map(({ file }) => file));
}
