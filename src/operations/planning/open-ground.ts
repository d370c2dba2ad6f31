import type { StateRepository } from '../../git/record/state-repository.ts';
import type { HostPath } from '../../model/brand.ts';
import { sha256 } from '../../model/canonical-json.ts';
import type { ManagedFile } from '../../model/recorded-state.ts';
import type { ChangeSetMeta, PlanRequest } from '../../model/change-set.ts';
import { ignoreRulesOn, todayOf } from '../drift/rules-today.ts';
import { recordedDrift } from '../recorded-host/recorded-drift.ts';
import { recordedGround } from '../recorded-host/recorded-ground.ts';
import { recordedRoot } from '../recorded-host/recorded-root.ts';
import type { Session } from '../session.ts';
import type { LoadedWorkspace } from '../workspace/load-workspace.ts';
import type { Ground } from './ground.ts';

type Planned = Pick<Ground, 'plans' | 'released' | 'recorded'>;

/** The host itself, or its record. */
export async function openGround(
  session: Session,
  { config }: LoadedWorkspace,
  state: StateRepository,
  planned: Planned,
): Promise<Ground> {
  if (session.from === undefined) return { ...planned, look: session.host.root, notObserved: [] };
  // Not what this machine's backup store has: the set is to be the same wherever the record is read.
  const copies = await state.copies([...planned.recorded.files.keys()]);
  const { recorded } = planned;
  const root = recordedRoot(recorded, withOwnContents(copies, planned), await state.seen());
  const drifted = await recordedDrift(
    root,
    recorded,
    copies,
    ignoreRulesOn(config, todayOf(session)),
  );
  return { ...recordedGround({ ...planned, root, workspace: config.name }), drifted };
}

/** A file that is recorded by digest is known where the plan itself has that very content. */
function withOwnContents(
  copies: ReadonlyMap<HostPath, Uint8Array>,
  { plans, recorded }: Planned,
): ReadonlyMap<HostPath, Uint8Array> {
  const byName = new Map<HostPath, ManagedFile>(recorded.files);
  for (const file of recorded.files.values()) {
    if (file.declared !== undefined) byName.set(file.declared, file);
  }
  const known = new Map(copies);
  for (const { spec } of plans.flatMap(({ resources }) => resources)) {
    const file = byName.get(spec.path);
    if (spec.kind !== 'file' || spec.content === null || file === undefined) continue;
    if (known.has(file.path) || file.state?.sha256 !== sha256(spec.content)) continue;
    known.set(file.path, spec.content);
  }
  return known;
}

/** What nobody has seen makes the set incomplete, if it was asked for. */
export function incomplete(
  { notObserved }: Ground,
  { plans }: PlanRequest,
): Pick<ChangeSetMeta, 'notObserved'> {
  const asked = notObserved.filter(({ plan }) => plans.length === 0 || plans.includes(plan));
  return asked.length === 0 ? {} : { notObserved: asked };
}
