import { join } from 'node:path';

import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const TOP = join(import.meta.dirname, '../../..');

/**
 * In an ES module bundle `import()` of a CommonJS package gives `default` only: `const { parse } = await import('yaml')` works in
 * the sources and in every unit test, and is undefined in what is published.
 */
describe('the bundle', () => {
  it('imports no CommonJS package dynamically', async () => {
    const { metafile } = await build({
      absWorkingDir: TOP,
      entryPoints: ['src/index.ts', 'src/cli/run.ts', 'src/cli/commands/**/*.ts'],
      outdir: 'never-written',
      write: false,
      metafile: true,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      external: ['fs-native-extensions', 'typescript', 'ts-node', 'tsx', 'tsx/*'],
      logLevel: 'silent',
    });
    const found: string[] = [];
    for (const [file, { imports }] of Object.entries(metafile.inputs)) {
      if (!file.startsWith('src/')) continue;
      for (const { path, kind, external } of imports) {
        if (kind !== 'dynamic-import' || external === true) continue;
        if (metafile.inputs[path]?.format === 'cjs') found.push(`${file}: ${path}`);
      }
    }
    expect(Object.keys(metafile.inputs)).toContain('src/cli/commands/apply.ts');
    expect(found).toEqual([]);
  });
});
