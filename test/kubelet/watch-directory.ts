import { spawn, spawnSync } from 'node:child_process';
import { lstatSync, watch } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { FileChange } from './kubelet-event.ts';

export interface DirectoryWatch {
  readonly close: () => void;
}

export type OnChange = (name: string, change: FileChange) => void;

/** inotify(7) flag to what fsnotify tells of it, and that to what the kubelet makes of it. */
const CHANGES: readonly (readonly [string, FileChange])[] = [
  ['CREATE', 'create'],
  ['MOVED_TO', 'create'],
  ['MODIFY', 'modify'],
  ['ATTRIB', 'modify'],
  ['DELETE', 'delete'],
  ['MOVED_FROM', 'delete'],
];

/**
 * Tells of every change of a name directly in a directory, in order; resolves when it watches. By `inotifywait` (Debian package
 * inotify-tools) where it is installed, which tells creating and deleting apart as the kernel does.
 */
export function watchDirectory(directory: string, onChange: OnChange): Promise<DirectoryWatch> {
  return inotifywaitIsInstalled()
    ? watchByInotifywait(directory, onChange)
    : Promise.resolve(watchByNode(directory, onChange));
}

let installed: boolean | null = null;
export function inotifywaitIsInstalled(): boolean {
  installed ??= spawnSync('inotifywait', ['--help']).error === undefined;
  return installed;
}

/** Ends with the process that holds its standard input, however that ends. */
const UNTIL_INPUT_ENDS = 'inotifywait "$@" & exec >&- 2>&-; read -r _; kill $!; wait';

export async function watchByInotifywait(
  directory: string,
  onChange: OnChange,
): Promise<DirectoryWatch> {
  const events = 'create,modify,attrib,delete,moved_to,moved_from';
  const args = ['-m', '-e', events, '--format', '%e %f', directory];
  const child = spawn('sh', ['-c', UNTIL_INPUT_ENDS, 'sh', ...args], { stdio: 'pipe' });
  const errors = createInterface(child.stderr);
  await new Promise<void>((resolve, reject) => {
    let said = '';
    errors.on('line', (line) => {
      said = line;
      if (line.includes('established')) resolve();
    });
    errors.once('close', () => reject(new Error(`inotifywait ended: ${said}`)));
    child.once('error', reject);
  });
  createInterface(child.stdout).on('line', (line) => {
    const space = line.indexOf(' ');
    const flags = line.slice(0, space).split(',');
    const change = CHANGES.find(([flag]) => flags.includes(flag));
    if (change !== undefined) onChange(line.slice(space + 1), change[1]);
  });
  return { close: () => void child.stdin.end() };
}

/**
 * What Node offers without any program: it tells that a name came or went, not which. A file that is removed and made again before
 * that is looked at seems to have been replaced, so that the gap between is not seen.
 */
export function watchByNode(directory: string, onChange: OnChange): DirectoryWatch {
  const watcher = watch(directory, (event, name) => {
    if (name === null) return;
    const there = lstatSync(join(directory, name), { throwIfNoEntry: false }) !== undefined;
    if (there) onChange(name, event === 'rename' ? 'create' : 'modify');
    else if (event === 'rename') onChange(name, 'delete');
  });
  return { close: () => watcher.close() };
}
