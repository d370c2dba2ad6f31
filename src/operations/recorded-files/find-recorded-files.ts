import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runFolder } from '../../apply/journal/run-folder.ts';
import type { StateRepository } from '../../git/record/state-repository.ts';
import { sha256 } from '../../host/read-file.ts';
import type { RealPath, WorkspacePath } from '../../model/brand.ts';
import type { WorkspaceFile } from '../../model/plan-file.ts';
import type { PlanRecord } from '../../model/recorded-state.ts';
import { everyRunWithFolder } from '../runs-with-folder.ts';
import type { Session } from '../session.ts';
import type { Source } from '../workspace/read-workspace-file.ts';

export interface FoundFiles {
  /** By SHA-256. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  /** Of which no copy is left anywhere. */
  readonly missing: readonly WorkspaceFile[];
}

export interface FilesQuestion {
  /** What recorded gates and actions need (check scripts, certificates), with the digests that were recorded. */
  readonly wanted: readonly WorkspaceFile[];
  readonly records: readonly PlanRecord[];
  readonly state: StateRepository;
  /** `null`: no workspace is here. */
  readonly readSource: ((path: WorkspacePath) => Source) | null;
}

/**
 * The files as they were recorded, whatever the checkout has now: from the recorded state; for records of earlier versions,
 * which have no copies there, from the workspace where it has the same bytes, or from the folders of earlier runs. Rejects with
 * SP601x when those cannot be read: a copy may be there.
 */
export async function findRecordedFiles(
  session: Session,
  { wanted, records, state, readSource }: FilesQuestion,
): Promise<FoundFiles> {
  const contents = new Map<string, Uint8Array>();
  const missing: WorkspaceFile[] = [];
  if (wanted.length === 0) return { contents, missing };
  const recorded = await state.workspaceFiles(records);
  const { stateDir } = session.host;
  for (const file of wanted) {
    const content =
      ofDigest(recorded.get(file.sha256), file) ??
      ofDigest(bytesOf(readSource?.(file.path)), file) ??
      inRuns(stateDir, file);
    if (content === null) missing.push(file);
    else contents.set(file.sha256, content);
  }
  return { contents, missing };
}

function inRuns(stateDir: RealPath, file: WorkspaceFile): Uint8Array | null {
  for (const run of everyRunWithFolder(stateDir)) {
    const content = ofDigest(read(join(runFolder(stateDir, run).workspace, file.path)), file);
    if (content !== null) return content;
  }
  return null;
}

function read(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function bytesOf(source: Source | undefined): Uint8Array | undefined {
  return source !== undefined && 'bytes' in source ? source.bytes : undefined;
}

function ofDigest(content: Uint8Array | undefined, file: WorkspaceFile): Uint8Array | null {
  return content !== undefined && sha256(content) === file.sha256 ? content : null;
}
