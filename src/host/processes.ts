import { access, constants, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SetpointError } from '../diagnostics/setpoint-error.ts';
import { EXIT } from '../model/outcome.ts';
import { errorCode, errorWords } from './file-errors.ts';
import type { ProcessInfo, Processes } from './ports.ts';

/** include/linux/sched.h: set in `flags` (field 9 of stat) for kernel threads. */
const PF_KTHREAD = 0x0020_0000;
/** Processes read at the same time; each takes two descriptors. */
const BATCH = 32;

/** What /proc/PID/stat (proc(5)) says about one process. */
export interface ProcessStat {
  readonly pid: number;
  readonly state: string;
  readonly ppid: number;
  readonly group: number;
  readonly kernelThread: boolean;
  /** Field 22, clock ticks since boot. */
  readonly startTime: string;
}

/** Processes as /proc shows them. `procRoot` is for tests. */
export function procProcesses(procRoot = '/proc'): Processes {
  return {
    list: () => list(procRoot),
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

/** Parses /proc/PID/stat. The command in parentheses may itself hold spaces and parentheses. `null` when malformed. */
export function parseStat(text: string): ProcessStat | null {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  if (open === -1 || close < open) return null;
  const pid = Number.parseInt(text.slice(0, open), 10);
  const fields = text
    .slice(close + 2)
    .trimEnd()
    .split(' ');
  const [state, ppid, group, , , , flags] = fields;
  const startTime = fields[19];
  if (state === undefined || ppid === undefined || startTime === undefined) return null;
  if (!Number.isInteger(pid)) return null;
  return {
    pid,
    state,
    ppid: Number(ppid),
    group: Number(group),
    kernelThread: (Number(flags) & PF_KTHREAD) !== 0,
    startTime,
  };
}

/** Splits /proc/PID/cmdline: arguments end (not separate) with NUL; processes that rewrite their title may omit the last. */
export function parseCommandLine(bytes: Uint8Array): readonly string[] {
  if (bytes.length === 0) return [];
  const args = Buffer.from(bytes).toString('utf8').split('\0');
  if (args.at(-1) === '') args.pop();
  return args;
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
