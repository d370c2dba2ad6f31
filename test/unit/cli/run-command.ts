import { Config } from '@oclif/core';
import { vi } from 'vitest';

import type { BaseCommand } from '../../../src/cli/base-command.ts';
import { withErrorBoundary } from '../../../src/cli/error-boundary.ts';

export interface Ran {
  readonly code: string | number;
  readonly stdout: string;
  readonly stderr: string;
}

type CommandClass = {
  id: string;
  run: (argv: string[], config: Config) => Promise<unknown>;
} & (new (...args: never[]) => BaseCommand);

/** oclif without its loader, which would import the TypeScript sources natively. */
const config = Config.load({
  root: import.meta.dirname,
  pjson: {
    name: 'setpoint',
    version: '0.1.0',
    type: 'module',
    oclif: { bin: 'setpoint' },
  },
  ignoreManifest: true,
});

/** Runs one command class inside the real error boundary, with captured streams. Neither is a terminal. */
export async function runCommand(
  command: unknown,
  id: string,
  argv: readonly string[] = [],
): Promise<Ran> {
  const commandClass = command as CommandClass;
  commandClass.id = id;
  const words = [...id.split(':'), ...argv];
  return capture(() =>
    withErrorBoundary(
      { argv: words, commands: () => ['plan', 'apply', 'history', 'history show'] },
      async () => commandClass.run([...argv], await config),
    ),
  );
}

/** What `work` writes, and the exit code it leaves; both are put back afterwards. */
export async function capture(work: () => Promise<void>): Promise<Ran> {
  const output = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      output[name] += String(text);
      return true;
    }),
  );
  const before = process.exitCode;
  process.exitCode = undefined;
  try {
    await work();
    return { code: process.exitCode ?? 0, ...output };
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
}
