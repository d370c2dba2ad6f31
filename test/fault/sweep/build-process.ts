import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { linkPackages, ONE_FILE } from '../build-script.ts';

/** What a guardian that is to be traced does first. */
const TRACE_ME = join(import.meta.dirname, 'trace-me.js');
const TOP = join(import.meta.dirname, '../../..');

/** One change of the source text: `find` must occur exactly once in `file` (a path from the top of the checkout). */
export interface Replacement {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** The fixed names that let a system call be told by its path, whichever run it belongs to. Not for two processes at once. */
const FIXED_NAMES: readonly Replacement[] = [
  {
    file: 'src/host/run-id.ts',
    find: 'return next(clock.now().getTime()) as RunId;',
    replace: `next(clock.now().getTime());
  return ('01JSWEEP0000000000000000' + (process.argv.includes('prepare') ? '0A' : '0B')) as RunId;`,
  },
  {
    file: 'src/host/temporary-names.ts',
    find: 'seed: Uint8Array = randomBytes(8)',
    replace: `seed: Uint8Array = process.env.SETPOINT_SWEEP_NAMES === undefined
    ? randomBytes(8)
    : Buffer.from(process.env.SETPOINT_SWEEP_NAMES +
      String((globalThis.setpointNames = (globalThis.setpointNames ?? 0) + 1)).padStart(15, '0'), 'hex')`,
  },
  {
    // How long a gate took would change the id of the commit, and with it the name of a directory of objects.
    file: 'src/git/record/commit-message.ts',
    find: '${attempts}/${took}ms`',
    replace: '1/1ms`',
  },
];

/** The scenario's own host has this clock already; a guardian opens its own. */
const FIXED_CLOCK: Replacement = {
  file: 'src/host/clock.ts',
  find: 'now: () => new Date(),',
  replace: "now: () => new Date('2026-01-02T03:04:05.000Z'),",
};

export interface BuiltProcess {
  /** One file: starting it takes a fraction of what a loader takes. */
  readonly script: string;
  remove(): void;
}

/** The guardian's program beside a built `script`, with fixed names and times, too. */
export function guardianBeside(script: string): string {
  return join(dirname(script), 'guardian.mjs');
}

/**
 * Bundles scenario-process.ts and the guardian from the sources as they are, with `replacements` made in them (mutants). Rejects
 * when a text to be replaced is not found exactly once. The native addon is found through a link to this checkout's packages.
 */
export async function buildProcess(
  replacements: readonly Replacement[] = [],
): Promise<BuiltProcess> {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'setpoint-sweep-script-')));
  linkPackages(directory);
  const script = join(directory, 'scenario-process.mjs');
  const all = [...FIXED_NAMES, ...replacements];
  const used = await bundle(
    join(import.meta.dirname, 'scenario-process.ts'),
    script,
    all,
    ONE_FILE.banner.js,
  );
  const unused = all.filter((one) => !used.has(one));
  if (unused.length > 0) {
    throw new Error(`not part of the program: ${unused.map(({ file }) => file).join(', ')}`);
  }
  const traced = `${ONE_FILE.banner.js}\n${readFileSync(TRACE_ME, 'utf8')}`;
  const guardian = guardianBeside(script);
  await bundle(join(TOP, 'src/recovery/main.ts'), guardian, [...all, FIXED_CLOCK], traced);
  return { script, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

/** Gives the replacements that were made. */
async function bundle(
  entry: string,
  outfile: string,
  replacements: readonly Replacement[],
  banner: string,
): Promise<ReadonlySet<Replacement>> {
  const used = new Set<Replacement>();
  await build({
    ...ONE_FILE,
    entryPoints: [entry],
    outfile,
    logLevel: 'silent',
    plugins: [replacing(replacements, used)],
    banner: { js: banner },
  });
  return used;
}

function replacing(replacements: readonly Replacement[], used: Set<Replacement>): Plugin {
  return {
    name: 'replace',
    setup(context) {
      context.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const mine = replacements.filter(({ file }) => join(TOP, file) === path);
        if (mine.length === 0) return null;
        const contents = mine.reduce(replaceOnce, readFileSync(path, 'utf8'));
        for (const one of mine) used.add(one);
        return { contents, loader: 'ts' };
      });
    },
  };
}

function replaceOnce(text: string, { file, find, replace }: Replacement): string {
  const found = text.split(find).length - 1;
  if (found !== 1)
    throw new Error(`${file}: found ${String(found)} times instead of once: ${find}`);
  return text.replace(find, () => replace);
}
