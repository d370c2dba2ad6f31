import { appendFileSync, closeSync, constants, fstatSync, readFileSync } from 'node:fs';
import { readBootId } from '../../host/boot-id.ts';
import { openOwnFile } from '../../host/own-file.ts';
import { parseStat } from '../../host/proc-files.ts';
import type { RealPath } from '../../model/brand.ts';

export interface NotedGroup {
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

/** Notes a process group, durable enough for a process that dies: recovery ends it. Errors: those of open(2) and write(2). */
export function noteGroup(file: RealPath, group: number, bootId = readBootId()): void {
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

/** Of the file that notes stand in: a copy has another. */
export function identity(fd: number): string {
  const { dev, ino } = fstatSync(fd, { bigint: true });
  return `${String(dev)}:${String(ino)}`;
}
