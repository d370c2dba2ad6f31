import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { Args } from '@oclif/core';

import { didYouMean } from '../../diagnostics/suggest.ts';
import type { JsonObject } from '../../model/item.ts';
import { BaseCommand } from '../base-command.ts';
import { packageRoot } from '../package-root.ts';
import { usageError } from '../usage-error.ts';

const SUFFIX = '.schema.json';

export default class Schema extends BaseCommand {
  static override summary = 'print a JSON Schema; without a name, list them';
  static override examples = ['<%= config.bin %> schema plan > plan.schema.json'];
  static override args = {
    name: Args.string({
      ignoreStdin: true,
      description: 'plan, workspace, schedule-file, change-set or output',
    }),
  };

  override async run(): Promise<void> {
    const { args, flags } = await this.parse(Schema);
    await this.answer(flags, async () => {
      const names = await schemaNames();
      if (args.name === undefined) {
        return { result: names, exitCode: 0, text: () => names.join('\n') };
      }
      const text = await schemaText(args.name, names);
      const result = JSON.parse(text) as JsonObject;
      return { result, exitCode: 0, text: () => text };
    });
  }
}

async function schemaNames(): Promise<readonly string[]> {
  const files = await readdir(join(packageRoot(), 'schemas'));
  return files
    .filter((file) => file.endsWith(SUFFIX))
    .map((file) => file.slice(0, -SUFFIX.length))
    .sort();
}

function schemaText(name: string, names: readonly string[]): Promise<string> {
  if (names.includes(name)) {
    return readFile(join(packageRoot(), 'schemas', `${name}${SUFFIX}`), 'utf8');
  }
  const near = didYouMean(name, names);
  const help = near === null ? `one of: ${names.join(', ')}` : `did you mean "${near}"?`;
  throw usageError('SP9009', `unknown schema "${name}"`, help);
}
