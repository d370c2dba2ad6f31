import { filePlan, type FilePlanOptions } from './plan-text.ts';
import { createRig, type Rig, type RigOptions } from './rig.ts';

/** A rig where the plan `app` is committed and applied: its file holds `level = 1`, or the content that is given. */
export async function createLevelOneRig(
  options: FilePlanOptions = {},
  place: Pick<RigOptions, 'onDisk'> = {},
): Promise<Rig> {
  const rig = await createRig(place);
  await rig.workspace.plan('app', filePlan(options));
  await rig.workspace.commit('level 1');
  await rig.applied();
  return rig;
}
