import { Socket } from 'node:net';
import type { HostName } from '../model/brand.ts';
import { EXIT, type ExitCode } from '../model/outcome.ts';
import { guardRuns, type GuardTalk } from '../operations/guard-runs.ts';
import type { RecoveryPlace } from '../operations/recovery/recovery-session.ts';
import { sayEvent, sayResult } from './say-result.ts';
import { say } from './say.ts';

/** Descriptors that the applier gives (apply/guardian-attempt.ts). */
const LOCK_FD = 3;
const LINE_FD = 4;

/** Waits for the applier's end. Exit codes as `recover`; 0 when there was nothing to do. */
export async function guard(
  place: RecoveryPlace,
  hostName: HostName,
  applier: number,
): Promise<ExitCode> {
  const { pid } = process;
  const line = new Socket({ fd: LINE_FD, readable: true, writable: true });
  const ready = (): void => void line.write(`ready ${String(pid)}\n`);
  const ended = endOfApplier(line);
  const talk: GuardTalk = { ready, ended, stop: toldToEnd(), say, listener: sayEvent };
  const options = { ...place, hostName, lockFd: LOCK_FD, pid, applier };
  const result = await guardRuns(options, talk);
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

/** The last word decides: half of one, from an applier that died while it wrote, is none. */
function endOfApplier(line: Socket): GuardTalk['ended'] {
  return new Promise((resolve) => {
    let text = '';
    line.setEncoding('utf8');
    line.on('data', (more: string) => {
      text += more;
    });
    // Writing to an applier that is gone fails, too; what it said is still read.
    line.on('error', () => {});
    line.once('close', () => {
      if (text === 'done\n') resolve('done');
      else resolve(text === 'yours\n' ? 'yours' : 'gone');
    });
  });
}
