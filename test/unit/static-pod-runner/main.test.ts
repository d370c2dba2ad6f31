import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { RunnerEvent } from '../../static-pod-runner/runner-event.ts';

const MAIN = fileURLToPath(new URL('../../static-pod-runner/main.ts', import.meta.url));

it('as a process of its own prints its events and takes its pods along when it is ended', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'setpoint-runner-'));
  await mkdir(join(dir, 'manifests'));
  await writeFile(
    join(dir, 'manifests/demo.yaml'),
    'apiVersion: v1\nkind: Pod\nmetadata: {name: demo}\nspec: {containers: [{name: c, image: i, command: [sleep, "60"]}]}\n',
  );
  const runner = spawn(
    process.execPath,
    ['--import', 'tsx', MAIN, join(dir, 'manifests'), join(dir, 'logs'), dir],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    const events: RunnerEvent[] = [];
    for await (const line of createInterface({ input: runner.stdout })) {
      const event = JSON.parse(line) as RunnerEvent;
      events.push(event);
      if (event.type === 'started') runner.kill('SIGTERM');
    }
    if (runner.exitCode === null) await once(runner, 'exit');
    expect(runner.exitCode).toBe(0);
    expect(events.map((event) => event.type)).toEqual([
      'pod-added',
      'started',
      'pod-removed',
      'exited',
      'stopped',
    ]);
  } finally {
    runner.kill('SIGKILL');
    await rm(dir, { recursive: true });
  }
});
