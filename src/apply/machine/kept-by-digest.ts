import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import type { CommitId, HostPath } from '../../model/brand.ts';
import type { OpenRun } from './open-run.ts';
import { committed } from './open-run.ts';

/**
 * Whether the recorded state keeps no copy of a file, before the run or by it: then its content is neither printed nor mirrored. Where
 * nobody can say, neither.
 */
export async function keptByDigest(run: OpenRun): Promise<(path: HostPath) => boolean> {
  const { state } = run.context;
  const { trees } = committed(run);
  try {
    const kept = await state.loadAt(trees.kept as CommitId);
    const before = await state.loadAt(trees.unchanged as CommitId);
    return (path) =>
      [kept, before].some(({ files }) => (files.get(path)?.record ?? 'full') !== 'full');
  } catch (error) {
    if (!(error instanceof SetpointError)) throw error;
    return () => true;
  }
}
