import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Root } from '../../host/ports.ts';
import type { HostPath } from '../../model/brand.ts';
import type { PodContainer } from '../../model/check.ts';

const PODS = '/var/log/pods';
/** Only the end of a log is read. */
const TAIL = 64 * 1024;
const LINES = 5;

/**
 * The last lines that a container said, from the newest of its log files: <namespace>_<pod>-<node>_<uid>/<container>/<restarts>.log
 * (pkg/kubelet/kuberuntime helpers.go BuildPodLogsDirectory, BuildContainerLogsDirectory). Pods whose uid is in `but` are passed
 * over. Empty when there is none, or it may not be read.
 */
export async function lastLogLines(
  root: Root,
  { namespace, pod, container }: PodContainer,
  but: readonly string[],
): Promise<readonly string[]> {
  const newest = { at: 0, file: '' };
  for (const directory of await root.list(PODS as HostPath)) {
    if (!directory.startsWith(`${namespace}_${pod}-`)) continue;
    if (but.includes(directory.slice(directory.lastIndexOf('_') + 1))) continue;
    const logs = join(PODS, directory, container) as HostPath;
    for (const name of await root.list(logs)) {
      if (!/^\d+\.log$/u.test(name)) continue;
      const file = root.toReal(join(logs, name) as HostPath);
      const at = await changedAt(file);
      if (at > newest.at) Object.assign(newest, { at, file });
    }
  }
  return newest.file === '' ? [] : readTail(newest.file);
}

async function changedAt(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return 0;
  }
}

async function readTail(file: string): Promise<readonly string[]> {
  try {
    // Docker links its logs from here; what a link leads to is not looked at.
    const handle = await open(
      file,
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
    try {
      const { size } = await handle.stat();
      const buffer = Buffer.alloc(Math.min(TAIL, size));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, size - buffer.length);
      const lines = buffer.subarray(0, bytesRead).toString('utf8').split('\n');
      return lines
        .map(withoutPrefix)
        .filter((line) => line.trim() !== '')
        .slice(-LINES);
    } finally {
      await handle.close();
    }
  } catch {
    return [];
  }
}

/** `<time> stdout|stderr F|P <text>` (kubernetes design: kubelet-cri-logging). */
function withoutPrefix(line: string): string {
  return line.replace(/^\S+ (?:stdout|stderr) [FP] /u, '');
}
