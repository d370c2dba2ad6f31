import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runFolder } from '../../apply/journal/run-folder.ts';
import { sha256 } from '../../host/read-file.ts';
import type { RealPath, RunId, WorkspacePath } from '../../model/brand.ts';
import type { WorkspaceFile } from '../../model/plan-file.ts';
import type { PlanRecord } from '../../model/recorded-state.ts';
import type { Session } from '../session.ts';

export interface KeptFiles {
  readonly files: readonly WorkspaceFile[];
  readonly sources: ReadonlyMap<WorkspacePath, RealPath>;
}

/**
 * What recorded gates and actions need of their workspaces (check scripts, certificates), from the copies that earlier runs
 * left: a restore must work without any checkout. A file of which no copy is left is not there when a check asks for it, which
 * that check then says.
 */
export function keptWorkspaceFiles(session: Session, plans: readonly PlanRecord[]): KeptFiles {
  const files: WorkspaceFile[] = [];
  const sources = new Map<WorkspacePath, RealPath>();
  const { stateDir } = session.host;
  const runs = runsNewestFirst(join(stateDir, 'runs'));
  for (const record of plans) {
    for (const file of record.workspaceFiles) {
      if (sources.has(file.path)) continue;
      const places = [record.run, ...runs].map(
        (run) => join(runFolder(stateDir, run).workspace, file.path) as RealPath,
      );
      const source = places.find((place) => hasContent(place, file.sha256));
      if (source === undefined) continue;
      files.push(file);
      sources.set(file.path, source);
    }
  }
  return { files, sources };
}

function runsNewestFirst(directory: string): readonly RunId[] {
  try {
    return readdirSync(directory).sort().toReversed() as RunId[];
  } catch {
    return [];
  }
}

function hasContent(path: RealPath, wanted: string): boolean {
  try {
    return sha256(readFileSync(path)) === wanted;
  } catch {
    return false;
  }
}
