import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { EXIT } from '../model/outcome.ts';
import type { ConflictData } from '../operations/planning/conflict/conflict-data.ts';
import type { OutputFormat } from './output-format.ts';

/**
 * What `--json` prints (schemas/output.schema.json): a result, or an error for a command that came to none. `ok`: the command
 * did what was asked (exit 0 or 2); a reverted run has a result and is not `ok`.
 */
export type Envelope = EnvelopeHead &
  ({ readonly result: unknown } | { readonly error: EnvelopeError });

interface EnvelopeHead {
  readonly formatVersion: '1.0';
  readonly command: string;
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

export interface EnvelopeError {
  readonly exitCode: number;
  readonly code: string;
  readonly message: string;
  /** Of a stale saved set: the files that somebody else changed since it was made. Absent: none. */
  readonly conflicts?: readonly ConflictData[];
}

/** The envelope of a command that gave a result, whatever its exit code. */
export function resultEnvelope(
  command: string,
  exitCode: number,
  result: unknown,
  diagnostics: readonly Diagnostic[],
): Envelope {
  const ok = exitCode === EXIT.done || exitCode === EXIT.pending;
  return { formatVersion: '1.0', command, ok, result, diagnostics };
}

/** The envelope of a command that was refused or failed before it had a result. */
export function errorEnvelope(
  command: string,
  exitCode: number,
  diagnostics: readonly Diagnostic[],
  conflicts: readonly ConflictData[] = [],
): Envelope {
  const first = diagnostics.find(({ severity }) => severity === 'error') ?? diagnostics[0];
  const error = {
    exitCode,
    code: first?.code ?? 'SP9099',
    message: first?.message ?? 'failed without a message',
    ...(conflicts.length === 0 ? {} : { conflicts }),
  };
  return { formatVersion: '1.0', command, ok: false, error, diagnostics };
}

/** The envelope as text; in a stream it is the last line and says so by `type`. */
export function envelopeText(envelope: Envelope, format: OutputFormat): string {
  return format === 'json-stream'
    ? JSON.stringify({ type: 'result', ...envelope })
    : JSON.stringify(envelope, null, 2);
}
