import { closeSync, writeSync } from 'node:fs';
import type { HostName } from '../model/brand.ts';
import { EXIT, type ExitCode } from '../model/outcome.ts';
import { guardRuns } from '../operations/guard-runs.ts';
import type { RecoveryPlace } from '../operations/recovery/recovery-session.ts';
import { sayEvent, sayResult } from './say-result.ts';
import { say } from './say.ts';

/** Descriptors that the applier gives (apply/guardian-attempt.ts). */
const LOCK_FD = 3;
const WORD_FD = 4;

/** Waits for the applier's end. Exit codes as `recover`; 0 when there was nothing to do. */
export async function guard(place: RecoveryPlace, hostName: HostName): Promise<ExitCode> {
  const { pid } = process;
  const talk = { ready, ended: endOfApplier(), stop: toldToEnd(), say, listener: sayEvent };
  const result = await guardRuns({ ...place, hostName, lockFd: LOCK_FD, pid }, talk);
  if (result === null) return EXIT.done;
  sayResult(result);
  return result.exitCode;
}

/** SIGTERM, as of a shutdown: ends a wait for a person, and nothing else. */
function toldToEnd(): AbortSignal {
  const controller = new AbortController();
  process.on('SIGTERM', () => controller.abort());
  return controller.signal;
}

function ready(): void {
  try {
    writeSync(WORD_FD, `ready ${String(process.pid)}\n`);
    closeSync(WORD_FD);
  } catch {
    // The applier has ended already: standard input tells how.
  }
}

/** The last word decides: half of one, from an applier that died while it wrote, is none. */
function endOfApplier(): Promise<'done' | 'gone'> {
  return new Promise((resolve) => {
    let text = '';
    const end = (): void => resolve(text === 'done\n' ? 'done' : 'gone');
    process.stdin.setEncoding('utf8');
    process.stdin.on('data', (more: string) => {
      text += more;
    });
    process.stdin.once('end', end);
    process.stdin.once('error', end);
  });
}
