import { closeSync, constants, readFileSync } from 'node:fs';
import { errorCode, fileError } from '../../host/file-errors.ts';
import { openOwnFile } from '../../host/own-file.ts';
import type { Commands, Host } from '../../host/ports.ts';
import { endProcessGroup } from '../../host/process-group.ts';
import type { RealPath } from '../../model/brand.ts';
import { identity, noteGroup } from '../journal/noted-groups.ts';
import type { NotedGroup } from '../journal/noted-groups.ts';
import type { OpenRun } from '../machine/open-run.ts';

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
