import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { RealPath, WorkspacePath } from '../../model/brand.ts';

export interface PlanFileText {
  readonly file: WorkspacePath;
  readonly text: string;
}

/** Texts of `plans/**\/*.yaml` in path order; what cannot be read is a diagnostic. */
export async function readPlanFiles(
  workspace: RealPath,
): Promise<{ readonly texts: readonly PlanFileText[]; readonly problems: readonly Diagnostic[] }> {
  const texts: PlanFileText[] = [];
  const problems: Diagnostic[] = [];
  for (const file of await planFilesBelow(workspace, 'plans')) {
    try {
      texts.push({ file, text: await readFile(join(workspace, file), 'utf8') });
    } catch (error) {
      problems.push({
        code: 'SP3061',
        severity: 'error',
        message: `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
      });
    }
  }
  return { texts, problems };
}

async function planFilesBelow(workspace: RealPath, under: string): Promise<WorkspacePath[]> {
  const entries = await readdir(join(workspace, under), { withFileTypes: true }).catch(() => []);
  const found: WorkspacePath[] = [];
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = `${under}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(await planFilesBelow(workspace, path)));
    else if (/\.ya?ml$/.test(entry.name)) found.push(path as WorkspacePath);
  }
  return found.sort();
}
