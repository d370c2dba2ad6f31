import { appendFileSync, closeSync, constants, fstatSync, readFileSync } from 'node:fs';
import { errorCode, fileError } from '../../host/file-errors.ts';
import { openOwnFile } from '../../host/own-file.ts';
import type { Commands, Host } from '../../host/ports.ts';
import { endProcessGroup } from '../../host/process-group.ts';
import { parseStat } from '../../host/proc-files.ts';
import type { RealPath } from '../../model/brand.ts';
import type { OpenRun } from '../machine/open-run.ts';

interface NotedGroup {
  readonly group: number;
  /** Clock ticks since boot of the group's leader: with the id it names the group for ever. */
  readonly startTime: string;
  readonly bootId: string;
  /**
   * Device and inode of the file this is noted in: a copy of it, in a copied root, tells of processes that are not its own.
   * Absent in notes of earlier versions.
   */
  readonly notedIn?: string;
}

/**
 * The host's commands, each noting its process group in the run folder before it runs on: checks and actions do not hold the
 * run lock, so recovery has to end what a dead applier left. A group that cannot be noted (full disk) does not run, except
 * in a revert.
 */
export function commandsOf({ context, folder, decision }: OpenRun): Commands {
  const { commands, bootId } = context.host;
  return {
    run: (argv, options) =>
      commands.run(argv, {
        ...options,
        onStart: (group) => {
          try {
            noteGroup(folder.processGroups, group, bootId);
          } catch (error) {
            if (decision?.decision !== 'revert') throw error;
          }
          options.onStart?.(group);
        },
      }),
  };
}

function noteGroup(file: RealPath, group: number, bootId: string): void {
  const stat = parseStat(readFileSync(`/proc/${String(group)}/stat`, 'utf8'));
  if (stat === null) return;
  const { startTime } = stat;
  const { O_WRONLY, O_APPEND, O_CREAT } = constants;
  const fd = openOwnFile(file, O_WRONLY | O_APPEND | O_CREAT, 0o600);
  try {
    const noted: NotedGroup = { group, startTime, bootId, notedIn: identity(fd) };
    appendFileSync(fd, `${JSON.stringify(noted)}\n`);
  } finally {
    closeSync(fd);
  }
}

function identity(fd: number): string {
  const { dev, ino } = fstatSync(fd, { bigint: true });
  return `${String(dev)}:${String(ino)}`;
}

/**
 * Ends every noted group whose leader still runs. A leader with another start time is a stranger with a reused id; one that is noted
 * in a file this one is a copy of belongs to a run of the original.
 */
export async function endProcessGroups(
  file: RealPath,
  { processes, bootId }: Pick<Host, 'processes' | 'bootId'>,
): Promise<void> {
  const noted = readGroups(file).filter((group) => group.bootId === bootId);
  if (noted.length === 0) return;
  const running = new Map((await processes.list()).map((p) => [p.pid, p.startTime]));
  for (const { group, startTime } of noted) {
    if (running.get(group) === startTime) await endProcessGroup(group);
  }
}

function readGroups(file: RealPath): readonly NotedGroup[] {
  try {
    const fd = openOwnFile(file, constants.O_RDONLY);
    try {
      const here = identity(fd);
      const noted = readFileSync(fd, 'utf8').split('\n').flatMap(parseLine);
      return noted.filter(({ notedIn }) => notedIn === undefined || notedIn === here);
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw fileError(error, 'read', file);
  }
}

/** The last line may be torn: a crash can end in the middle of it. */
function parseLine(line: string): readonly NotedGroup[] {
  try {
    const value = JSON.parse(line) as Partial<NotedGroup>;
    const known = typeof value.group === 'number' && value.group > 1;
    return known ? [value as NotedGroup] : [];
  } catch {
    return [];
  }
}
