import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Plugin } from '@oclif/core';

type Command = Record<string, unknown>;

/**
 * Text of oclif.manifest.json, made from the built commands with oclif's own code (the `oclif` development package that
 * usually does this brings 221 packages). Sorted, so that the same commands give the same bytes.
 */
export async function oclifManifest(top: string): Promise<string> {
  const pjson = JSON.parse(await readFile(join(top, 'package.json'), 'utf8')) as object;
  const plugin = new Plugin({
    root: top,
    pjson,
    isRoot: true,
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
  } as never);
  await plugin.load();
  const commands = plugin.manifest.commands as unknown as Record<string, Command>;
  const sorted: Record<string, Command> = {};
  for (const id of Object.keys(commands).sort()) {
    const command = commands[id];
    if (command !== undefined) sorted[id] = command;
  }
  const manifest = { commands: sorted, version: plugin.version };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
