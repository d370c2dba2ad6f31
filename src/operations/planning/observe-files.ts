import type { HostPath, WorkspaceName } from '../../model/brand.ts';
import type { ObservedFile } from '../../model/file-image.ts';
import type { ResolvedPlan } from '../../model/plan-file.ts';
import type { RecordedState } from '../../model/recorded-state.ts';
import type { Look } from './ground.ts';

/** Reads under way at once: enough to keep a disk busy, far below any descriptor limit. */
const AT_ONCE = 16;

/** Observes everything the plans declare and everything this workspace is recorded to own. Takes no lock, changes nothing. */
export async function observeFiles(
  look: Look,
  plans: readonly ResolvedPlan[],
  recorded: RecordedState,
  workspace: WorkspaceName,
): Promise<ReadonlyMap<HostPath, ObservedFile>> {
  const paths = new Set<HostPath>();
  const inPlace = new Set<HostPath>();
  for (const plan of plans) {
    for (const { spec } of plan.resources) {
      paths.add(spec.path);
      if (spec.write === 'in-place') inPlace.add(spec.path);
    }
  }
  for (const [path, file] of recorded.files) {
    if (!Object.values(file.items).some((item) => item.owner.workspace === workspace)) continue;
    if (file.write === 'in-place' && !paths.has(path)) inPlace.add(path);
    paths.add(path);
    if (file.declared !== undefined) paths.add(file.declared);
  }
  return observeAll(look, [...paths], (path) => inPlace.has(path));
}

/** `inPlace`: whether a path is only read or written in place, so that mounts and links are no hindrance; default: all. */
export async function observeAll(
  look: Pick<Look, 'observe'>,
  paths: readonly HostPath[],
  inPlace: (path: HostPath) => boolean = () => true,
): Promise<ReadonlyMap<HostPath, ObservedFile>> {
  const observed = new Map<HostPath, ObservedFile>();
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let path = paths[next++]; path !== undefined; path = paths[next++]) {
      observed.set(path, await look.observe(path, { inPlace: inPlace(path) }));
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, paths.length) }, worker));
  return observed;
}
