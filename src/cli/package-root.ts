import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the command line reads from package.json. */
export interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly bugs?: string | { readonly url?: string };
  readonly oclif: Record<string, unknown>;
}

/** Directory of setpoint's package.json, for the bundle in dist/ and for the sources alike. Throws when there is none. */
export function packageRoot(): string {
  let dir = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(dir, 'package.json'))) {
    const parent = dirname(dir);
    if (parent === dir) throw new Error('package.json of setpoint not found');
    dir = parent;
  }
  return dir;
}

/** Parsed package.json. */
export function packageManifest(): PackageManifest {
  return JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as PackageManifest;
}
