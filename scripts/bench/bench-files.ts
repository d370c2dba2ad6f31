import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMounts } from '../../src/host/mounts.ts';
import type { HostPath, RealPath } from '../../src/model/brand.ts';

/** Bytes of a file: about what a manifest or a unit with its settings has. */
const SIZE = 4096;
const DIRECTORIES = 4;
const IN_MEMORY = new Set(['tmpfs', 'ramfs']);

/** A host root of its own with files that exist already; both sides of a comparison replace these. */
export interface BenchFiles {
  readonly root: RealPath;
  readonly stateDir: RealPath;
  readonly files: readonly BenchFile[];
  readonly directories: readonly RealPath[];
}

export interface BenchFile {
  readonly path: HostPath;
  readonly realPath: RealPath;
}

/** One file lies in one directory, more of them in four. Made inside `parent`. */
export function makeBenchFiles(parent: RealPath, count: number): BenchFiles {
  const root = mkdtempSync(join(parent, `${String(count)}-files-`)) as RealPath;
  const names = Array.from({ length: Math.min(DIRECTORIES, count) }, (_, i) => `/etc/${String(i)}`);
  for (const name of names) mkdirSync(join(root, name), { recursive: true });
  const files = Array.from({ length: count }, (_, i): BenchFile => {
    const path = `/etc/${String(i % names.length)}/${String(i)}.conf` as HostPath;
    return { path, realPath: join(root, path) as RealPath };
  });
  for (const { realPath } of files) writeFileSync(realPath, contentOf('old'));
  const directories = names.map((name) => join(root, name) as RealPath);
  return { root, stateDir: join(root, 'state') as RealPath, files, directories };
}

/** Content of always the same size that no earlier round had. */
export function contentOf(round: string): Uint8Array {
  return Buffer.alloc(SIZE, `${round}\n`);
}

/** A new directory in `parent`, and the type of its file system. Throws where nothing is ever written to a disk. */
export function makeBenchDirectory(parent: string): {
  readonly directory: RealPath;
  readonly type: string;
} {
  const real = realpathSync(parent);
  const type = readMounts().mountOf(real)?.fsType ?? 'unknown';
  if (IN_MEMORY.has(type)) {
    throw new Error(
      `${real} is on ${type}, where fsync costs nothing: choose a directory on a disk with --dir`,
    );
  }
  return { directory: mkdtempSync(join(real, 'setpoint-bench-')) as RealPath, type };
}
