import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ask } from '../../../src/checks/ask.ts';
import { CommandRun } from '../../../src/checks/command.ts';
import { hostCommands } from '../../../src/host/commands.ts';
import { procProcesses } from '../../../src/host/processes.ts';
import type { CommandOptions, CommandResult } from '../../../src/host/ports.ts';
import type { CommandCheck } from '../../../src/model/check.ts';
import { contextWith, exited, ms } from './check-world.ts';

async function answer(more: Partial<CommandCheck>, result: Partial<CommandResult>) {
  const seen: { argv: readonly string[]; options: CommandOptions }[] = [];
  const commands = {
    run: async (argv: readonly string[], options: CommandOptions) => {
      seen.push({ argv, options });
      return { ...exited(0), ...result };
    },
  };
  const context = contextWith({ commands, directory: '/run/workspace' });
  const spec: CommandCheck = { kind: 'command', run: ['./check.sh', './x'], ...more };
  const check = new CommandRun(spec, context, { timeout: ms(3000) });
  return { ...(await check.attempt(new AbortController().signal)), seen };
}

describe('command check', () => {
  test('runs in the copy of the workspace; a path is resolved in it, arguments are not', async () => {
    const { seen, good } = await answer({}, {});
    expect(good).toBe(true);
    expect(seen[0]!.argv).toEqual(['/run/workspace/check.sh', './x']);
    expect(seen[0]!.options).toMatchObject({ cwd: '/run/workspace', timeout: 3000 });
    expect((await answer({ run: ['curl'] }, {})).seen[0]!.argv).toEqual(['curl']);
  });

  test('the detail holds exit code and last line, without control characters', async () => {
    const found = await answer({}, { exitCode: 3, stderr: 'first\n\u001b[31mbad flag\n\n' });
    expect(found).toMatchObject({ good: false });
    expect(found.detail).toBe('./check.sh exited 3: \uFFFD[31mbad flag');
  });

  test('an expected exit code replaces 0', async () => {
    expect((await answer({ exitCode: 3 }, { exitCode: 3 })).good).toBe(true);
    expect((await answer({ exitCode: 3 }, {})).detail).toBe('./check.sh exited 0, expected 3');
  });

  test('output expectations look at stdout and stderr; `^…$` means a line', async () => {
    const result = { stdout: 'a\nhealthy\n', stderr: 'warned\n' };
    expect((await answer({ output: { matches: '^healthy$' } }, result)).good).toBe(true);
    expect((await answer({ output: { contains: 'warned' } }, result)).good).toBe(true);
    const unmet = await answer({ output: { contains: 'sick' } }, result);
    expect(unmet.detail).toBe('the output of ./check.sh does not contain "sick": warned');
  });

  test('a program that cannot be started and a broken expression are fatal', async () => {
    const missing = await answer({}, { spawnError: 'not found', exitCode: null });
    expect(missing).toMatchObject({ good: false, fatal: true });
    const broken = await answer({ output: { matches: '(' } }, {});
    expect(broken).toMatchObject({ good: false, fatal: true, seen: [] });
  });

  test('time-out and signal are told apart', async () => {
    expect((await answer({}, { exitCode: null, timedOut: true })).detail).toContain('within 3s');
    expect((await answer({}, { exitCode: null, signal: 'SIGSEGV' })).detail).toContain('SIGSEGV');
  });
});

describe('command check with real programs', () => {
  test('runs a script of the copy, and an attempt that takes too long leaves nothing running', async () => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'setpoint-command-'));
    try {
      writeFileSync(path.join(directory, 'ok.sh'), '#!/bin/sh\npwd\n', { mode: 0o755 });
      writeFileSync(path.join(directory, 'slow.sh'), '#!/bin/sh\nsleep 600.17\n', {
        mode: 0o755,
      });
      let group = 0;
      const real = hostCommands(process.env);
      const commands: typeof real = {
        run: (argv, options) =>
          real.run(argv, { ...options, onStart: (started) => (group = started) }),
      };
      const context = contextWith({ commands, directory });
      const run = (name: string, limit: number) => {
        const spec: CommandCheck = { kind: 'command', run: [name] };
        const check = new CommandRun(spec, context, { timeout: ms(60_000) });
        return ask(check, ms(limit), context.clock, context.signal);
      };
      expect(await run('./ok.sh', 30_000)).toMatchObject({ good: true });
      expect(await run('./slow.sh', 300)).toMatchObject({ good: false });
      expect(group).toBeGreaterThan(0);
      // Not kill(-group, 0): that also finds what has ended and only waits for init to reap it.
      const left = (await procProcesses().list()).filter((p) => p.argv.includes('600.17'));
      expect(left).toEqual([]);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
