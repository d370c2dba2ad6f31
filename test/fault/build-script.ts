import { mkdtempSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync, type BuildOptions } from 'esbuild';

/** One file that runs by itself: starting it takes a fraction of what a loader takes. The native addon stays outside. */
export const ONE_FILE = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ['fs-native-extensions'],
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
} satisfies BuildOptions;

/** A program in `directory` finds the native addon through a link to this checkout's packages. */
export function linkPackages(directory: string): void {
  symlinkSync(join(import.meta.dirname, '../../node_modules'), join(directory, 'node_modules'));
}

/** Bundles `<name>.ts` of this folder into `directory`; the path of the program. Throws when it cannot be built. */
export function buildScriptIn(directory: string, name: string): string {
  linkPackages(directory);
  const outfile = join(directory, `${name}.mjs`);
  buildSync({ ...ONE_FILE, entryPoints: [join(import.meta.dirname, `${name}.ts`)], outfile });
  return outfile;
}

/** The same in a temporary directory of its own, which the caller removes. */
export function buildScript(name: string): {
  readonly script: string;
  readonly directory: string;
} {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'setpoint-script-')));
  return { script: buildScriptIn(directory, name), directory };
}
