import { copyFile, mkdir } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';

import { build as bundle, type Plugin } from 'esbuild';

const PLATFORMS = ['linux-x64', 'linux-arm64'];
const OUT = 'dist/recovery';

/** The addon lies beside the bundle; the package would search node_modules for it. */
const ADDON_BESIDE: Plugin = {
  name: 'addon-beside',
  setup(build) {
    build.onLoad({ filter: /fs-native-extensions[/\\]binding\.js$/ }, () => ({
      contents: [
        "const file = './fs-native-extensions-' + process.platform + '-' + process.arch + '.node';",
        'module.exports = require(file);',
      ].join('\n'),
      loader: 'js',
    }));
  },
};

/**
 * src/recovery → dist/recovery: one file and the native addon of each platform, nothing else: it runs from wherever it is
 * copied to. Gives the files written, absolute. Throws when the bundle would load anything but Node's own modules.
 */
export async function bundleRecovery(top: string, banner: string): Promise<readonly string[]> {
  const { metafile } = await bundle({
    absWorkingDir: top,
    entryPoints: { recovery: 'src/recovery/main.ts' },
    outdir: join(top, OUT),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'eof',
    banner: { js: banner },
    plugins: [ADDON_BESIDE],
    metafile: true,
    logLevel: 'warning',
  });
  refuseOutsiders(Object.values(metafile.outputs).flatMap((output) => output.imports));
  const written = Object.keys(metafile.outputs).map((file) => join(top, file));
  await mkdir(join(top, OUT), { recursive: true });
  for (const platform of PLATFORMS) {
    const to = join(top, OUT, `fs-native-extensions-${platform}.node`);
    const prebuilds = join(top, 'node_modules/fs-native-extensions/prebuilds');
    await copyFile(join(prebuilds, platform, 'fs-native-extensions.node'), to);
    written.push(to);
  }
  return written;
}

function refuseOutsiders(
  imports: readonly { readonly path: string; readonly kind: string }[],
): void {
  const outside = imports
    .filter(({ path }) => !path.startsWith('node:') && !builtinModules.includes(path))
    .map(({ path, kind }) => `${path} (${kind})`);
  if (outside.length > 0) throw new Error(`the recovery bundle needs ${outside.join(', ')}`);
}
