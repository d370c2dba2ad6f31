import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { Command } from '@oclif/core';

const DIR = join(import.meta.dirname, '../../../src/cli/commands');
const FILES = readdirSync(DIR, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

async function commandClass(file: string): Promise<Command.Class> {
  const module = (await import(join(DIR, file))) as { default: Command.Class };
  return module.default;
}

describe.each(FILES)('command %s', (file) => {
  it('takes no argument from standard input, which belongs to the pipeline', async () => {
    const { args } = await commandClass(file);
    for (const [name, arg] of Object.entries(args ?? {})) {
      expect({ name, ignoreStdin: arg.ignoreStdin }).toEqual({ name, ignoreStdin: true });
    }
  });

  it('has a summary of one help line: lower case, no full stop', async () => {
    const { summary = '' } = await commandClass(file);
    expect(summary).toMatch(/^[a-z].{10,60}[^.]$/);
  });

  it("keeps oclif's JSON mode off: it changes exit codes and prints the parser's context", async () => {
    expect((await commandClass(file)).enableJsonFlag).toBe(false);
  });
});
