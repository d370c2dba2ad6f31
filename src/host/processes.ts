import { access, constants, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { EXIT } from '../model/outcome.ts';
import { errorCode, errorWords } from './file-errors.ts';
import type { ProcessInfo, Processes } from './ports.ts';
import { parseCommandLine, parseStat } from './proc-files.ts';
import { listenersOf, podUidOf, socketsOf } from './proc-sockets.ts';
import { StartWatch } from './process-watch.ts';

/** Processes read at the same time; each takes two descriptors. */
const BATCH = 32;

/** Processes as /proc shows them. `procRoot` is for tests. */
export function procProcesses(procRoot = '/proc'): Processes {
  return {
    list: () => list(procRoot),
    watchStarts(wanted, seen) {
      const watch = new StartWatch(procRoot, wanted, seen);
      watch.start();
      return () => watch.stop();
    },
    podUid: (pid) => podUidOf(procRoot, pid),
    listeners: (pid) => listenersOf(procRoot, pid),
    sockets: (pid) => socketsOf(procRoot, pid),
    async visible() {
      try {
        // hidepid (proc(5)): 1 keeps the directory but not its files, 2 hides both; pid 1 belongs to root.
        await access(join(procRoot, '1', 'cmdline'), constants.R_OK);
        await readFile(join(procRoot, '1', 'cmdline'));
        return 'all';
      } catch {
        return 'own';
      }
    },
  };
}

async function list(procRoot: string): Promise<readonly ProcessInfo[]> {
  let names: string[];
  try {
    names = (await readdir(procRoot)).filter((name) => /^[1-9][0-9]*$/.test(name));
    if (names.length === 0) throw new Error('it shows no process');
  } catch (error) {
    throw unreadable(procRoot, error);
  }
  const found: ProcessInfo[] = [];
  for (let at = 0; at < names.length; at += BATCH) {
    const batch = names.slice(at, at + BATCH).map((name) => readProcess(join(procRoot, name)));
    for (const info of await Promise.all(batch)) if (info !== null) found.push(info);
  }
  return found;
}

/** `null` when it is a kernel thread, a zombie, not ours to read, or gone meanwhile. */
async function readProcess(directory: string): Promise<ProcessInfo | null> {
  try {
    const stat = parseStat(await readFile(join(directory, 'stat'), 'utf8'));
    if (stat === null || stat.kernelThread || stat.state === 'Z' || stat.state === 'X') return null;
    const argv = parseCommandLine(await readFile(join(directory, 'cmdline')));
    return { pid: stat.pid, ppid: stat.ppid, argv, startTime: stat.startTime };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES' || code === 'EPERM') return null;
    throw unreadable(directory, error);
  }
}

function unreadable(path: string, error: unknown): SetpointError {
  return new SetpointError(
    EXIT.failed,
    [
      {
        code: 'SP6040',
        severity: 'error',
        message: `processes cannot be listed: ${path}: ${errorWords(error)}`,
        help: 'Mount /proc (`mount -t proc proc /proc`) and run the command again.',
      },
    ],
    { cause: error },
  );
}
