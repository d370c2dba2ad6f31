import type { Kind } from '../../../../src/kinds/kind.ts';
import type { HostPath, PlanName, RunId, WorkspaceName } from '../../../../src/model/brand.ts';
import type { DriftFile, DriftItem } from '../../../../src/model/drift.ts';
import type { ObservedFile } from '../../../../src/model/file-image.ts';
import type { IgnoreRule, ResolvedPlan } from '../../../../src/model/plan-file.ts';
import type { WrittenByRun } from '../../../../src/plan/drift/compare-file.ts';
import { computeDrift } from '../../../../src/plan/drift/compute-drift.ts';
import { declaredItems } from '../../../../src/plan/drift/declared-items.ts';
import { desiredValues } from '../../../../src/plan/drift/desired-values.ts';
import { lineKind } from '../difference/line-kind.ts';
import type { PlanningBench } from '../difference/planning-bench.ts';

export interface DriftOptions {
  /** Plans of the workspace; absent: no workspace. */
  readonly plans?: readonly ResolvedPlan[];
  readonly workspace?: string;
  readonly elsewhere?: readonly string[];
  readonly ignore?: readonly Partial<IgnoreRule>[];
  readonly openRuns?: Readonly<Record<string, WrittenByRun>>;
  readonly unsettled?: Readonly<Record<string, string>>;
  readonly today?: string;
  /** Instead of what the bench has at a path. */
  readonly observed?: Readonly<Record<string, Partial<ObservedFile>>>;
  readonly kind?: Kind;
}

/** The bench's host held against its record. */
export function driftOf(bench: PlanningBench, options: DriftOptions = {}): readonly DriftFile[] {
  const kindOf = (): Kind => options.kind ?? lineKind;
  const workspace = (options.workspace ?? 'prod') as WorkspaceName;
  const { plans, ignore } = options;
  const paths = [
    ...bench.managed.keys(),
    ...(plans ?? []).flatMap(({ resources }) => resources.map(({ spec }) => spec.path)),
  ];
  const observed = new Map(
    paths.map((path) => [path, { ...bench.observe(path), ...options.observed?.[path] }]),
  );
  const elsewhere = (options.elsewhere ?? []) as PlanName[];
  return computeDrift({
    recorded: bench.recorded,
    observed,
    desired:
      plans === undefined
        ? null
        : desiredValues({
            workspace,
            plans,
            declared: declaredItems(plans, { observed, kindOf }),
            elsewhere,
            observed,
          }),
    ignore:
      ignore === undefined
        ? null
        : { workspace, rules: ignore.map(rule), today: options.today ?? '2026-06-01' },
    openRuns: new Map(Object.entries(options.openRuns ?? {}) as [HostPath, WrittenByRun][]),
    unsettled: new Map(Object.entries(options.unsettled ?? {})) as unknown as Map<HostPath, RunId>,
    kindOf,
  });
}

/** `/a x drifted`, one line an item. */
export function told(files: readonly DriftFile[]): readonly string[] {
  return files.flatMap(({ path, items, otherLines }) => [
    ...items.map((item) => `${path} ${itemText(item)}`),
    ...(otherLines ? [`${path} other lines`] : []),
  ]);
}

function itemText({ label, state, ignored }: DriftItem): string {
  return `${label} ${state}${ignored === undefined ? '' : ` ignored: ${ignored.reason}`}`;
}

function rule(given: Partial<IgnoreRule>): IgnoreRule {
  const at = { file: 'setpoint.yaml', line: 1, column: 1 };
  return { path: '/**', item: null, reason: 'known', until: null, at, ...given };
}
