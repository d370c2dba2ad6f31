import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { WorkspaceFile } from '../../model/plan-file.ts';
import type { PlanRecord } from '../../model/recorded-state.ts';
import { quoteWord } from '../../diagnostics/shell-words.ts';

/** SP3044: what a recorded gate or action runs cannot be had any more. */
export function missingFile(file: WorkspaceFile, records: readonly PlanRecord[]): Diagnostic {
  const record = records.find(({ workspaceFiles }) =>
    workspaceFiles.some(({ path, sha256 }) => path === file.path && sha256 === file.sha256),
  );
  return {
    code: 'SP3044',
    severity: 'error',
    message: `${file.path}, which recorded gates or actions of plan ${record?.plan ?? ''} use, is nowhere as it was recorded: an earlier version kept no copy, and the workspace has other content or none`,
    help: wayBack(file, record?.commit ?? null),
  };
}

function wayBack({ path, sha256 }: WorkspaceFile, commit: string | null): string {
  return commit === null
    ? `put ${path} with the SHA-256 ${sha256} back into the workspace`
    : `put it back, in the workspace: git checkout ${commit.slice(0, 12)} -- ${quoteWord(path)}`;
}
