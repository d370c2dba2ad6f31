import { once } from 'node:events';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { parsePodUid } from '../../../src/host/proc-files.ts';
import { parseListeners } from '../../../src/host/proc-sockets.ts';
import { procProcesses } from '../../../src/host/processes.ts';

const UID = '0123456789abcdef0123456789abcdef';
const DASHED = '12345678-9abc-def0-1234-56789abcdef0';

test.each([
  [`0::/kubepods/burstable/pod${UID}/4f0c\n`, UID],
  [`11:memory:/kubepods/besteffort/pod${DASHED}/4f0c\n1:name=systemd:/\n`, DASHED],
  [
    `0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${DASHED.replaceAll('-', '_')}.slice/cri-containerd-4f0c.scope\n`,
    DASHED,
  ],
  [`0::/kubepods.slice/kubepods-pod${UID}.slice/crio-4f0c.scope\n`, UID],
  ['0::/system.slice/podman.service\n', null],
  ['0::/\n', null],
])('a cgroup names its pod: %s', (text, uid) => {
  expect(parsePodUid(text)).toBe(uid);
});

test('listening sockets are told from connections', () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:192B 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000 100 0 0 10 0
   1: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4712 1 0000 100 0 0 10 0
   2: 0100007F:192B 0100007F:C350 01 00000000:00000000 00:00000000 00000000     0        0 4713 1 0000 20 4 30 10 -1
`;
  expect(parseListeners(table, 'tcp')).toEqual([
    { family: 'tcp', address: '0100007F', everywhere: false, port: 6443, inode: '4711' },
    { family: 'tcp', address: '00000000', everywhere: true, port: 80, inode: '4712' },
  ]);
});

test('a socket that this process listens on is found to be its own', async () => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const processes = procProcesses();
    const listeners = await processes.listeners?.(process.pid);
    const [own] = listeners?.filter((one) => one.port === port) ?? [];
    expect(own).toMatchObject({ family: 'tcp', everywhere: false });
    expect((await processes.sockets?.(process.pid))?.has(own?.inode ?? '')).toBe(true);
  } finally {
    server.close();
  }
});

test('of a process that is gone nothing is known', async () => {
  const processes = procProcesses();
  expect(await processes.podUid?.(2 ** 30)).toBeNull();
  expect(await processes.listeners?.(2 ** 30)).toBeNull();
  expect(await processes.sockets?.(2 ** 30)).toBeNull();
});
