import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OpenRun } from '../../../src/apply/machine/open-run.ts';
import { commandsOf, endProcessGroups } from '../../../src/apply/run/process-groups.ts';
import { hostCommands } from '../../../src/host/commands.ts';
import type { CommandOptions } from '../../../src/host/ports.ts';
import { procProcesses } from '../../../src/host/processes.ts';
import type { RealPath } from '../../../src/model/brand.ts';

const HOST = { processes: procProcesses(), bootId: 'this boot' };

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'setpoint-groups-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const runs = async (pid: number): Promise<boolean> =>
  (await HOST.processes.list()).some((one) => one.pid === pid);

test('a copy of the noted groups ends no program of the run in the original root', async () => {
  const [original, copy] = [join(dir, 'original') as RealPath, join(dir, 'copy') as RealPath];
  const host = { ...HOST, commands: hostCommands(process.env) };
  const run = { context: { host }, folder: { processGroups: original }, decision: null };
  let ended: Promise<unknown> = Promise.resolve();
  const pid = await new Promise<number>((onStart) => {
    const options = { cwd: dir, timeout: 60_000, onStart } as unknown as CommandOptions;
    ended = commandsOf(run as unknown as OpenRun).run(['sleep', '60'], options);
  });
  cpSync(original, copy);
  await endProcessGroups(copy, HOST);
  expect(await runs(pid)).toBe(true);
  await endProcessGroups(original, HOST);
  await ended;
  expect(await runs(pid)).toBe(false);
});
