import {
  EMPTY_BASELINE,
  noteProcesses,
  type ProcessBaseline,
} from '../../checks/process-baseline.ts';
import type { ProcessCheck } from '../../model/check.ts';
import type { FileImage } from '../../model/file-image.ts';
import { readLive } from '../files/live-file.ts';
import type { JournalFile } from '../journal/journal.ts';
import type { OpenRun } from '../machine/open-run.ts';
import { kindOfFile } from '../revert/kind-of-file.ts';

/** By what it is seen that the new file was acted on. */
export interface Observable {
  readonly checks: readonly ProcessCheck[];
  /** What has to go, or be joined by another. */
  readonly baseline: ProcessBaseline;
}

/**
 * For a file whose gates do not look at processes (one's own gates, `restartProof: weak`): what runs of the old pod at this moment, after
 * the write. Null where nothing of it runs: it was acted on, or nobody runs it here. Where processes cannot be seen nothing is ever
 * observed, and the time it may take is all that is known.
 */
export async function replacedPods(run: OpenRun, file: JournalFile): Promise<Observable | null> {
  const kind = await kindOfFile(run, file.path);
  if (kind?.replaces === undefined || file.oldPath === null) return null;
  const [before, after] = [imageAt(file.oldPath), imageAt(file.realPath)];
  const checks = kind.replaces(before, after, file.path);
  if (checks.length === 0) return null;
  const { processes, podRuntime } = run.context.host;
  try {
    const noted = await noteProcesses(checks.map(ofOld), processes, podRuntime);
    return noted.processes.length === 0 ? null : { checks, baseline: noted };
  } catch {
    return { checks, baseline: EMPTY_BASELINE };
  }
}

/** What has the new arguments already is a sign that the file was acted on. */
function ofOld({ replaces = [], ...rest }: ProcessCheck): ProcessCheck {
  return { ...rest, argv: replaces };
}

function imageAt(path: string): FileImage {
  const live = readLive(path);
  if (live.kind !== 'file') return { exists: false };
  return { exists: true, bytes: live.bytes, mode: live.state.mode };
}
