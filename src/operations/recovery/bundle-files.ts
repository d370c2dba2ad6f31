import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SetpointError } from '../../diagnostics/setpoint-error.ts';
import { EXIT } from '../../model/outcome.ts';

export const PROGRAM = 'recovery.mjs';

/** Name → content of the built recovery program and the addons beside it. Errors: SP4231 (exit 1) when it was not built. */
export function bundleFiles(): ReadonlyMap<string, Buffer> {
  const directory = join(packageRoot(), 'dist', 'recovery');
  try {
    const names = readdirSync(directory).sort();
    const files = new Map(names.map((name) => [name, readFileSync(join(directory, name))]));
    if (files.has(PROGRAM)) return files;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  throw new SetpointError(EXIT.failed, [
    {
      code: 'SP4231',
      severity: 'error',
      message: `${join(directory, PROGRAM)} is missing`,
      help: 'Reinstall setpoint (from sources: npm run build), or apply with --no-guardian.',
    },
  ]);
}

/** The same for the bundle in dist/ and for the sources: the nearest directory upwards with a package.json. */
function packageRoot(): string {
  let directory = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(directory, 'package.json')) && dirname(directory) !== directory) {
    directory = dirname(directory);
  }
  return directory;
}
