import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { HostPath } from '../../model/brand.ts';
import { formatMode } from '../../model/file-mode.ts';
import { sameAttributes, type FileAttributes } from '../../model/recorded-state.ts';
import { returnedAttributes, setKeptAttributes } from '../files/attributes.ts';
import { readLive } from '../files/live-file.ts';
import { planRestore } from '../files/restore-plan.ts';
import type { JournalFile } from '../journal/journal.ts';
import { committed, type OpenRun } from '../machine/open-run.ts';

/**
 * Permissions and owner that somebody else set while the run was open stay on the files that go back: a `chmod 600` must not be
 * undone because a gate is red. Adds their paths to `theirs` and a warning each. Returns why it is not possible; no file is
 * restored then.
 */
export async function keepTheirAttributes(
  run: OpenRun,
  theirs: HostPath[],
  warnings: Diagnostic[],
): Promise<readonly string[]> {
  const stuck: string[] = [];
  for (const file of committed(run).files) {
    const { how } = planRestore(file);
    const wanted = how === 'put-back' ? returning(file) : how === 'leave' ? standing(file) : null;
    if (wanted === null || file.before === null) continue;
    try {
      if (how === 'put-back' && file.method === undefined && file.oldPath !== null) {
        await setKeptAttributes(file.oldPath, file.realPath, wanted);
      }
    } catch (error) {
      stuck.push(error instanceof Error ? error.message : String(error));
      continue;
    }
    if (sameAttributes(wanted, file.before)) continue;
    if (!theirs.includes(file.path)) theirs.push(file.path);
    warnings.push(keptWarning(file, wanted));
  }
  return stuck;
}

function returning(file: JournalFile): FileAttributes | null {
  return returnedAttributes(file, readLive(file.realPath));
}

/** A file that is back, or that the run never wrote, with its earlier content. */
function standing({ realPath, before }: JournalFile): FileAttributes | null {
  const live = readLive(realPath);
  return live.kind === 'file' && live.state.sha256 === before?.sha256 ? live.state : null;
}

function keptWarning({ path }: JournalFile, { mode, uid, gid }: FileAttributes): Diagnostic {
  const now = `mode ${formatMode(mode)} and owner ${String(uid)}:${String(gid)}`;
  return {
    code: 'SP4206',
    severity: 'warning',
    message: `permissions or owner of ${path} were changed by somebody else while the run was open; it keeps ${now}`,
    help: `If that was not meant: ls -l ${path}, then chmod or chown.`,
  };
}
