import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { quoteWord } from '../../diagnostics/shell-words.ts';
import { EXIT } from '../../model/outcome.ts';
import { linesOf } from '../audit/audit-lines.ts';
import { auditFile, openAudit } from '../audit/audit-log.ts';
import { readTail } from '../audit/audit-tail.ts';
import type { GitCommand } from '../git-command.ts';
import { damaged } from './serialise.ts';
import { putBack } from './state-branch.ts';
import type { StatePlace } from './state-paths.ts';

/**
 * In the row of a run's end, which is written after the branch was moved: a first run that died before is no proof. Looked for in
 * the text (quotes inside of strings are escaped there): without a record, every command reads the whole log.
 */
const RECORDED = /"commits":\[(?:"[0-9a-f]{40}",)*"([0-9a-f]{40})"\]/;

/**
 * Throws SP5011 (exit 1) when nothing is recorded, but the audit log has a run that recorded something: an empty record would
 * adopt changed values as if they were the originals. Errors: SP5052.
 */
export async function refuseLostRecord(git: GitCommand, place: StatePlace): Promise<void> {
  const commit = await lastRecorded(place.stateDir);
  if (commit === null) return;
  const branchOnly = await lstat(join(place.gitDir, 'HEAD')).then(
    () => true,
    () => false,
  );
  const wayBack = branchOnly
    ? await putBack(git, place, commit)
    : `Put ${place.gitDir} back from a backup of the state directory, then run \`setpoint recover\`; where \`state.remote\` has it: \`setpoint state pull\`.`;
  const aside = [...(branchOnly ? [place.gitDir] : []), auditFile(place.stateDir)];
  const moves = aside.map((file) => `mv ${quoteWord(file)} ${quoteWord(`${file}.lost`)}`);
  const anew = `To begin anew instead, with the files as they are now taken for the originals: \`${moves.join(' && ')}\`.`;
  const what = branchOnly ? `${place.ref} of ${place.gitDir}` : place.gitDir;
  const problem = damaged(what, `it is gone, but the audit log names its commit ${commit}`);
  throw new SetpointError(EXIT.failed, [{ ...problem, help: `${wayBack} ${anew}` }]);
}

/** The commit that the audit log names last; null when no run recorded anything. */
async function lastRecorded(stateDir: string): Promise<string | null> {
  const handle = await openAudit(stateDir);
  if (handle === null) return null;
  try {
    let last: string | null = null;
    for await (const line of linesOf(handle, (await readTail(handle)).end)) {
      last = RECORDED.exec(line)?.[1] ?? last;
    }
    return last;
  } finally {
    await handle.close();
  }
}
