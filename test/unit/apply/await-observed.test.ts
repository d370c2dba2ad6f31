import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { awaitObserved, OBSERVED_WITHIN } from '../../../src/apply/run/await-observed.ts';
import type { CommittedJournal } from '../../../src/apply/journal/journal.ts';
import type { OpenRun } from '../../../src/apply/machine/open-run.ts';
import type { PodRuntime, ProcessInfo } from '../../../src/host/ports.ts';
import { NEW, NOTED, OLD, pod, runtimeOf, spec } from '../checks/restart-world.ts';
import { gate, processesOf, running } from '../checks/check-world.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'setpoint-observed-'));
  file = join(dir, 'kube-apiserver.yaml');
  writeFileSync(file, 'new');
});
afterEach(() => rmSync(dir, { recursive: true }));

interface World {
  readonly processes: readonly (readonly ProcessInfo[])[];
  readonly podRuntime?: PodRuntime;
  /** Milliseconds since the file was written. */
  readonly age?: number;
  readonly offline?: boolean;
}

function state(text: string) {
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { sha256, size: 3, mode: 0o600, uid: 0, gid: 0 };
}

/** Milliseconds that a revert of the file waits, on a clock on which nothing else takes time, and the events it told. */
async function waits({ processes, podRuntime, age = 0, offline = false }: World) {
  const events: string[] = [];
  let time = 0;
  const clock = {
    now: () => new Date(Math.ceil(statSync(file).ctimeMs) + age + time),
    monotonic: () => time,
    sleep: async (ms: number) => void (time += ms),
  };
  const path = '/etc/kubernetes/manifests/kube-apiserver.yaml';
  const journal = {
    files: [{ path, realPath: file, before: state('old'), after: state('new') }],
    steps: [{ path, gates: [gate('api:process:new', spec)], onChange: [], audits: [] }],
    gates: [],
    processes: NOTED,
  } as unknown as CommittedJournal;
  const run = {
    header: { offline, run: 'R' },
    context: {
      host: { clock, processes: processesOf(processes), podRuntime },
      listener: ({ type }: { type: string }) => void events.push(type),
    },
    begunSteps: 1,
    journal,
    decision: null,
  } as unknown as OpenRun;
  expect(await awaitObserved(run)).toEqual({ is: 'done' });
  return { time, events };
}

const old = [running(10, OLD)];

test('a revert right after the write waits until the kubelet has looked at its files once', async () => {
  const { time, events } = await waits({ processes: [old] });
  expect(time).toBe(OBSERVED_WITHIN);
  expect(events).toEqual(['revert-waits']);
});

test('it goes on at once when the new process starts, or the old one is gone', async () => {
  const started = [...old, running(20, NEW)];
  expect((await waits({ processes: [old, old, started] })).time).toBe(1000);
  expect((await waits({ processes: [old, []] })).time).toBe(500);
  expect(await waits({ processes: [started] })).toEqual({ time: 0, events: [] });
});

test('it goes on when the runtime has another configuration, not while it has the old one', async () => {
  const podRuntime = runtimeOf([pod('new'), pod('old')]);
  expect((await waits({ processes: [old], podRuntime })).time).toBe(0);
  const still = runtimeOf([pod('old')]);
  expect((await waits({ processes: [old], podRuntime: still })).time).toBe(OBSERVED_WITHIN);
});

test('it waits only for what is left of the time since the write, also when another process does', async () => {
  expect((await waits({ processes: [old], age: 20_000 })).time).toBe(5000);
  expect((await waits({ processes: [old], age: 60_000 })).time).toBe(0);
  expect((await waits({ processes: [old], age: -3_600_000 })).time).toBe(OBSERVED_WITHIN);
});

test('it does not wait for a file that is not the new one, nor for a run without gates', async () => {
  expect((await waits({ processes: [old], offline: true })).time).toBe(0);
  writeFileSync(file, 'old');
  expect((await waits({ processes: [old] })).time).toBe(0);
});
