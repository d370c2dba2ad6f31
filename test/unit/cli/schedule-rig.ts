import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import ScheduleNext from '../../../src/cli/commands/schedule/next.ts';
import ScheduleTimeline from '../../../src/cli/commands/schedule/timeline.ts';
import { runCommand } from './run-command.ts';
import type { Ran } from './run-command.ts';

export interface ScheduleRig {
  /** The directory that commands run in; there from `beforeAll` on. */
  readonly dir: () => string;
  readonly write: (name: string, text: string) => void;
  readonly next: (...args: readonly string[]) => Promise<Ran>;
  readonly timeline: (...args: readonly string[]) => Promise<Ran>;
}

/** `setpoint schedule` in a directory of these files, for all tests of a file. */
export function scheduleRig(files: Readonly<Record<string, string>> = {}): ScheduleRig {
  let dir = '';
  const write = (name: string, text: string): void => writeFileSync(join(dir, name), text);
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'setpoint-schedule-'));
    for (const [name, text] of Object.entries(files)) write(name, text);
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return {
    dir: () => dir,
    write,
    next: (...args) => runCommand(ScheduleNext, 'schedule:next', [...args, '-C', dir]),
    timeline: (...args) => runCommand(ScheduleTimeline, 'schedule:timeline', [...args, '-C', dir]),
  };
}
