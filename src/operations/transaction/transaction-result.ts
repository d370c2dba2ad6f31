import type { Transacted } from '../../apply/run/transact.ts';
import type { WrittenFile } from '../../apply/files/write-one.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { RunId } from '../../model/brand.ts';
import type { PlannedFile } from './planned-files.ts';

/** What a transaction did. It is kept, whatever `pending` says: a crash from now on leaves its files new. */
export interface TransactionResult {
  /** Its id in the audit log; null when one file or none was written. */
  readonly run: RunId | null;
  /** Every file that was named, with resolved path; equal states mean that nothing was written. */
  readonly files: readonly WrittenFile[];
  /** Why the next command that changes the host, or `recoverRuns`, has to finish it; null when nothing is left to do. */
  readonly pending: string | null;
  /** SP4265: somebody else changed a file in between, and theirs stays. SP4268: what is pending. */
  readonly problems: readonly Diagnostic[];
}

/** `done`: null when nothing had to be written. */
export function resultOf(
  planned: readonly PlannedFile[],
  done: Transacted | null,
): TransactionResult {
  const files = planned.map(({ observed: { path, content } }): WrittenFile => {
    const before = content.kind === 'file' ? content.state : null;
    const written = done?.files.find((file) => file.path === path);
    return { path, before, after: written === undefined ? before : written.after };
  });
  if (done === null) return { run: null, files, pending: null, problems: [] };
  const pending = done.open ? pendingReason(done) : null;
  const problems = [...done.diagnostics, ...(pending === null ? [] : [notFinished(done, pending)])];
  return { run: done.report.run, files, pending, problems };
}

/** What somebody else changed (SP4265) is told whether or not it could be ended. */
function pendingReason({ report, diagnostics }: Transacted): string {
  const problems = diagnostics.filter(({ code }) => code !== 'SP4265');
  const messages = problems.map(({ message }) => message).join('; ');
  const reason = report.othersEdits === undefined ? report.reason : null;
  return reason ?? (messages || 'it could not be ended');
}

function notFinished(done: Transacted, pending: string): Diagnostic {
  const message = `transaction ${done.report.run} is kept, but not finished: ${pending}`;
  const help = '`setpoint recover` finishes it, as does the next command that changes the host.';
  return { code: 'SP4268', severity: 'warning', message, help };
}
