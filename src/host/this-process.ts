import { existsSync } from 'node:fs';

/** The Node.js program that runs this process, absolute: the one that recovery programs are run with. */
export function thisProgram(): string {
  return process.execPath;
}

/** Whether systemd is the init process (sd_booted(3)). */
export function runsSystemd(): boolean {
  return existsSync('/run/systemd/system');
}

export function thisPid(): number {
  return process.pid;
}

/** Effective user id: the one whose permissions count. */
export function thisUser(): number {
  return process.geteuid?.() ?? 0;
}
