import type { CommittedJournal } from '../../apply/journal/journal.ts';
import { kindOf } from '../../kinds/registry.ts';
import type { HostPath, RunId } from '../../model/brand.ts';
import type { DriftFile } from '../../model/drift.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import type { WrittenByRun } from '../../plan/drift/compare-file.ts';
import { computeDrift } from '../../plan/drift/compute-drift.ts';
import type { DriftInput } from '../../plan/drift/compute-drift.ts';
import { declaredItems } from '../../plan/drift/declared-items.ts';
import type { Declared, DeclaredItem } from '../../plan/drift/declared-items.ts';
import type { DesiredValues } from '../../plan/drift/desired-values.ts';
import { desiredValues } from '../../plan/drift/desired-values.ts';
import type { Session } from '../session.ts';
import { ignoreRulesOn, todayOf } from './rules-today.ts';
import { steadyLook } from './steady-look.ts';
import type { WantedHere } from './wanted-here.ts';

export interface ComparedHost {
  readonly recorded: RecordedState;
  readonly observed: ReadonlyMap<HostPath, ObservedFile>;
  /** Sorted by path. */
  readonly files: readonly DriftFile[];
  /** What plan files want here; nothing, where none can be read. */
  readonly declared: readonly DeclaredItem[];
  /** The day that rules were asked for, UTC. */
  readonly today: string;
}

/** The host, its record and what plan files want, item by item. Takes no lock. Throws SP3078 (exit 1) while runs change it. */
export async function compareHost(session: Session, wanted: WantedHere): Promise<ComparedHost> {
  const { config } = wanted;
  const look = await steadyLook(session, (recorded) => pathsOf(recorded, wanted));
  const { recorded, observed, open } = look;
  const today = todayOf(session);
  const declared = declaredItems(wanted.plans?.plans ?? [], { observed, kindOf });
  const files = computeDrift({
    recorded,
    observed,
    desired: desiredHere(wanted, declared, observed),
    ignore: config && ignoreRulesOn(config, today),
    ...filesOfOpenRuns(open, observed),
    kindOf,
  });
  return { recorded, observed, files, declared: declared.items, today };
}

function pathsOf(recorded: RecordedState, { plans }: WantedHere): readonly HostPath[] {
  const declared = plans?.plans.flatMap(({ resources }) => resources.map(({ spec }) => spec.path));
  const names = [...recorded.files.values()].flatMap((file) => file.declared ?? []);
  return [...new Set([...recorded.files.keys(), ...names, ...(declared ?? [])])];
}

function desiredHere(
  { config, plans }: WantedHere,
  declared: Declared,
  observed: ReadonlyMap<HostPath, ObservedFile>,
): DesiredValues | null {
  if (config === null || plans === null) return null;
  const elsewhere = plans.otherHosts.map(({ name }) => name);
  const { name: workspace } = config;
  return desiredValues({ workspace, plans: plans.plans, declared, elsewhere, observed });
}

/** Files that have the bytes that an open run gave them, and the others that it has to settle. */
function filesOfOpenRuns(
  open: readonly CommittedJournal[],
  observed: ReadonlyMap<HostPath, ObservedFile>,
): Pick<DriftInput, 'openRuns' | 'unsettled'> {
  const openRuns = new Map<HostPath, WrittenByRun>();
  const unsettled = new Map<HostPath, RunId>();
  for (const journal of open) {
    for (const { path, after } of journal.files) {
      const content = observed.get(path)?.content;
      const live = content?.kind === 'file' ? content.state.sha256 : null;
      const asWritten = content?.kind !== 'refused' && live === (after?.sha256 ?? null);
      const { run } = journal.header;
      if (asWritten) openRuns.set(path, { run, left: after });
      else unsettled.set(path, run);
    }
  }
  return { openRuns, unsettled };
}
