import { writeSync } from 'node:fs';

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ApplyResult } from '../operations/results.ts';
import type { CommandContext } from './command-context.ts';
import { envelopeText, errorEnvelope, resultEnvelope } from './envelope.ts';
import { withRevert } from './interrupted-apply.ts';
import { diagnosticsWithFlags, resultWithFlags, withFlags } from './repeated-flags.ts';
import { exitCodeFor } from './signals.ts';
import type { InterruptSignal } from './signals.ts';

/**
 * The last words of an apply that a second signal ends: one whole envelope for programs, two lines for people. `handed`: what
 * the guardian was left with, or what nobody was; `null`: nothing was open. Written past Node's streams, because the process ends with the next statement.
 */
export function endAtOnce(
  { format, repeatedFlags }: Pick<CommandContext, 'format' | 'repeatedFlags'>,
  name: InterruptSignal,
  handed: ApplyResult | null,
  command = 'apply',
): void {
  const exitCode = exitCodeFor(name);
  const closing = closingLine(handed);
  if (format !== 'text') {
    const envelope =
      handed?.handedOver === undefined
        ? errorEnvelope(command, exitCode, diagnosticsWithFlags([endedNow(name)], repeatedFlags))
        : resultEnvelope(
            command,
            exitCode,
            resultWithFlags(withRevert({ ...handed, exitCode }, closing), repeatedFlags),
            diagnosticsWithFlags(handed.problems, repeatedFlags),
          );
    writeWhole(process.stdout.fd, `${envelopeText(envelope, format)}\n`);
  }
  writeWhole(process.stderr.fd, `\n${name}: ${withFlags(lastWords(handed), repeatedFlags)}\n`);
  if (closing !== null) writeWhole(process.stderr.fd, `${closing}\n`);
}

function closingLine(handed: ApplyResult | null): string | null {
  const left = handed?.leftBehind;
  if (left !== undefined) return left.decision === 'keep' ? 'run: not-done' : 'revert: not-done';
  if (handed?.handedOver === undefined) return null;
  return handed.handedOver.decision === 'keep' ? 'run: handed-over' : 'revert: handed-over';
}

function lastWords(handed: ApplyResult | null): string {
  const left = handed?.leftBehind;
  if (left !== undefined) {
    return `ending now; run ${left.run} is open and no guardian settles it. Next: setpoint recover`;
  }
  const open = handed?.handedOver;
  if (open === undefined)
    return 'ending now; a run that was open is settled by its guardian, else by setpoint recover';
  const does = open.decision === 'keep' ? 'finishes' : 'takes back';
  return `ending now; the guardian ${does} run ${open.run}: setpoint status`;
}

function endedNow(name: InterruptSignal): Diagnostic {
  return {
    code: 'SP9011',
    severity: 'error',
    message: `interrupted by ${name} a second time: ended at once`,
    help: 'setpoint status tells whether a run is open; setpoint recover settles it',
  };
}

/** How long a full pipe is waited for: 5 s in pauses of 5 ms. */
const PAUSES = { count: 1000, millis: 5 };

/** Everything, also into a pipe that is full for a moment. A reader that is gone must not keep the process from ending. */
function writeWhole(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  let pauses = 0;
  for (let at = 0; at < bytes.length && pauses < PAUSES.count;) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSES.millis);
      pauses += 1;
    }
  }
}
