import type { Kind } from '../../kinds/kind.ts';
import type { HostPath, ItemKey, RunId } from '../../model/brand.ts';
import type { DriftFile, DriftItem } from '../../model/drift.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import type { KindName } from '../../model/plan-file.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import { ledElsewhere } from '../difference/led-elsewhere.ts';
import { compareFile, type WrittenByRun } from './compare-file.ts';
import { nameId } from './desired-values.ts';
import type { DesiredValue, DesiredValues } from './desired-values.ts';
import type { IgnoreRules } from './ignore-rules.ts';
import { markIgnored } from './ignore-rules.ts';

export interface DriftInput {
  readonly recorded: RecordedState;
  /** Every managed path, and the names that plans use for them. */
  readonly observed: ReadonlyMap<HostPath, ObservedFile>;
  /** `null`: no workspace here, or its plan files cannot be read. */
  readonly desired: DesiredValues | null;
  readonly ignore: IgnoreRules | null;
  /** Files that have the bytes of an open run. */
  readonly openRuns: ReadonlyMap<HostPath, WrittenByRun>;
  /** Files of open runs that have other bytes. */
  readonly unsettled: ReadonlyMap<HostPath, RunId>;
  readonly kindOf: (name: KindName) => Kind;
}

/** Every managed file against its record, and what plan files want that is not recorded yet. Pure; sorted by path. */
export function computeDrift(input: DriftInput): readonly DriftFile[] {
  const { recorded, ignore } = input;
  const fresh = unrecorded(input);
  const managed = [...recorded.files].map(([path, file]): DriftFile => {
    const observed = input.observed.get(path);
    if (observed === undefined) throw new Error(`not observed: ${path}`);
    const kind = input.kindOf(file.kind);
    const openRun = input.openRuns.get(path);
    const unsettled = input.unsettled.get(path);
    const { desired } = input;
    const led = ledElsewhere(file, input.observed);
    const compared = compareFile({
      managed: file,
      observed,
      led,
      kind,
      desired,
      openRun,
      unsettled,
    });
    const marked = ignore === null ? compared : markIgnored(compared, ignore);
    return { ...marked, items: [...marked.items, ...newItems(compared, fresh.get(path) ?? [])] };
  });
  // Apply refuses to manage what a name leads to that led to a recorded file.
  const ledTo = new Set(managed.map(({ led }) => led?.now));
  const others = [...fresh]
    .filter(([path]) => !recorded.files.has(path) && !ledTo.has(path))
    .map(([path, wanted]) => newFile(path, wanted));
  return [...managed, ...others].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Declared items without a record, by file. */
function unrecorded({ recorded, desired }: DriftInput): Map<HostPath, DesiredValue[]> {
  const byFile = new Map<HostPath, DesiredValue[]>();
  for (const wanted of desired?.items.values() ?? []) {
    const { path, item } = wanted;
    const known: Readonly<Record<ItemKey, unknown>> = recorded.files.get(path)?.items ?? {};
    if (Object.hasOwn(known, item.key)) continue;
    byFile.set(path, [...(byFile.get(path) ?? []), wanted]);
  }
  return byFile;
}

/** What is recorded under another key and cannot be told is no news: `plan` refuses it as it is. */
function newItems({ path, items }: DriftFile, wanted: readonly DesiredValue[]): DriftItem[] {
  const untold = new Set(
    items.flatMap(({ owner, label, live }) =>
      owner === undefined || live !== undefined ? [] : nameId({ path, owner, label }),
    ),
  );
  const isNew = ({ owner, item: { label } }: DesiredValue): boolean =>
    !untold.has(nameId({ path, owner, label }));
  return wanted.filter(isNew).map(newItem);
}

function newFile(path: HostPath, wanted: readonly DesiredValue[]): DriftFile {
  const kind = wanted[0]?.kind ?? 'file';
  return { path, kind, items: wanted.map(newItem), otherLines: false, problem: null };
}

function newItem({ item, owner }: DesiredValue): DriftItem {
  const { key, label, value } = item;
  return { key, label, owner, state: 'pending', desired: value };
}
