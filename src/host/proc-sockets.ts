import { readFile, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { parsePodUid } from './proc-files.ts';
import type { Listener } from './ports.ts';

/** include/net/tcp_states.h: TCP_LISTEN. */
const LISTEN = '0A';

/** Listening sockets of one of /proc/PID/net/tcp, tcp6 (Documentation/networking/proc_net_tcp.rst): fields 2 and 4, inode in 10. */
export function parseListeners(text: string, family: Listener['family']): readonly Listener[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const fields = line.trim().split(/\s+/u);
      const [, local = '', , state] = fields;
      const inode = fields[9];
      const colon = local.lastIndexOf(':');
      if (state !== LISTEN || inode === undefined || colon === -1) return [];
      const address = local.slice(0, colon);
      const port = Number.parseInt(local.slice(colon + 1), 16);
      return [{ family, address, everywhere: /^0+$/u.test(address), port, inode }];
    });
}

/** In the network namespace of the process. `null` when neither file can be read. */
export async function listenersOf(
  procRoot: string,
  pid: number,
): Promise<readonly Listener[] | null> {
  const families = ['tcp', 'tcp6'] as const;
  const texts = await Promise.all(
    families.map((family) => readOr(join(procRoot, String(pid), 'net', family))),
  );
  if (texts.every((text) => text === null)) return null;
  return families.flatMap((family, i) => parseListeners(texts[i] ?? '', family));
}

/** `null` when the descriptors belong to another user, or the process is gone. */
export async function socketsOf(
  procRoot: string,
  pid: number,
): Promise<ReadonlySet<string> | null> {
  const directory = join(procRoot, String(pid), 'fd');
  try {
    const names = await readdir(directory);
    const links = await Promise.all(
      // A descriptor may be closed between listing and reading.
      names.map((name) => readlink(join(directory, name)).catch(() => '')),
    );
    return new Set(links.flatMap((link) => /^socket:\[(\d+)\]$/u.exec(link)?.[1] ?? []));
  } catch {
    return null;
  }
}

/** See `parsePodUid`. */
export async function podUidOf(procRoot: string, pid: number): Promise<string | null> {
  const text = await readOr(join(procRoot, String(pid), 'cgroup'));
  return text === null ? null : parsePodUid(text);
}

async function readOr(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return null;
  }
}
