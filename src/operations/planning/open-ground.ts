import type { StateRepository } from '../../git/state-repository.ts';
import type { ChangeSetMeta, PlanRequest } from '../../model/change-set.ts';
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
  const root = recordedRoot(
    planned.recorded,
    await state.copies([...planned.recorded.files.keys()]),
    await state.seen(),
  );
  return recordedGround({ ...planned, root, workspace: config.name });
}

/** What nobody has seen makes the set incomplete, if it was asked for. */
export function incomplete(
  { notObserved }: Ground,
  { plans }: PlanRequest,
): Pick<ChangeSetMeta, 'notObserved'> {
  const asked = notObserved.filter(({ plan }) => plans.length === 0 || plans.includes(plan));
  return asked.length === 0 ? {} : { notObserved: asked };
}
