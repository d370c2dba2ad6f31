import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { KubeletEvent } from '../../kubelet/kubelet-event.ts';

const MAIN = fileURLToPath(new URL('../../kubelet/main.ts', import.meta.url));

it('as a process of its own prints its events and takes its pods along when it is ended', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'setpoint-kubelet-'));
  await mkdir(join(dir, 'manifests'));
  await writeFile(
    join(dir, 'manifests/demo.yaml'),
    'apiVersion: v1\nkind: Pod\nmetadata: {name: demo}\nspec: {containers: [{name: c, image: i, command: [sleep, "60"]}]}\n',
  );
  const kubelet = spawn(
    process.execPath,
    ['--import', 'tsx', MAIN, join(dir, 'manifests'), join(dir, 'logs'), dir],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const events: KubeletEvent[] = [];
    for await (const line of createInterface({ input: kubelet.stdout })) {
      const event = JSON.parse(line) as KubeletEvent;
      events.push(event);
      if (event.type === 'started') kubelet.kill('SIGTERM');
    }
    if (kubelet.exitCode === null) await once(kubelet, 'exit');
    expect(kubelet.exitCode).toBe(0);
    expect(events.map((event) => event.type)).toEqual([
      'file-read',
      'relisted',
      'pod-added',
      'started',
      'pod-removed',
      'exited',
      'stopped',
    ]);
  } finally {
    kubelet.kill('SIGKILL');
    await rm(dir, { recursive: true });
  }
});
