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
  /** The gates are the user's own: nothing of them looks at processes. */
  readonly ownGates?: readonly [old: string, now: string];
}

function manifest(version: string): string {
  const [flag = '', image = 'v1', comment = ''] = version.split(' ');
  const command = JSON.stringify(['api', flag]);
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: api}\nspec:\n  containers:\n  - {name: api, image: ${image}, command: ${command}} ${comment}\n`;
}

function state(text: string) {
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { sha256, size: 3, mode: 0o600, uid: 0, gid: 0 };
}

/** Milliseconds that a revert of the file waits, on a clock on which nothing else takes time, and the events it told. */
async function waits(world: World) {
  const { processes, podRuntime, age = 0, offline = false, ownGates } = world;
  const [before, after] = ownGates?.map(manifest) ?? ['old', 'new'];
  const oldPath = join(dir, '0.old');
  if (ownGates !== undefined) {
    writeFileSync(oldPath, before ?? '');
    writeFileSync(file, after ?? '');
  }
  const events: string[] = [];
  let time = 0;
  const clock = {
    now: () => new Date(Math.ceil(statSync(file).ctimeMs) + age + time),
    monotonic: () => time,
    sleep: async (ms: number) => void (time += ms),
  };
  const path = '/etc/kubernetes/manifests/kube-apiserver.yaml';
  const journal = {
    files: [
      { path, realPath: file, oldPath, before: state(before ?? ''), after: state(after ?? '') },
    ],
    steps: [
      { path, gates: ownGates ? [] : [gate('api:process:new', spec)], onChange: [], audits: [] },
    ],
    gates: [],
    trees: { kept: 'kept', unchanged: 'unchanged' },
    processes: NOTED,
  } as unknown as CommittedJournal;
  const run = {
    header: { offline, run: 'R' },
    context: {
      host: { clock, processes: processesOf(processes), podRuntime },
      state: { loadAt: async () => ({ files: new Map([[path, { kind: 'manifest' }]]) }) },
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

const at = (pid: number, flag: string) => running(pid, ['api', flag]);

test("with gates of one's own it waits for the pod all the same, as long as the old one runs", async () => {
  const ownGates = ['--a=1', '--a=2'] as const;
  const still = [at(10, '--a=1')];
  expect((await waits({ processes: [still], ownGates })).time).toBe(OBSERVED_WITHIN);
  expect((await waits({ processes: [still], ownGates, age: 20_000 })).time).toBe(5000);
  expect((await waits({ processes: [still, still, []], ownGates })).time).toBe(500);
  const started = [...still, at(20, '--a=2')];
  expect((await waits({ processes: [still, still, started], ownGates })).time).toBe(500);
  expect((await waits({ processes: [[]], ownGates })).time).toBe(0);
  expect((await waits({ processes: [started], ownGates })).time).toBe(0);
});

test('where the arguments stay the same, another process with them is the sign', async () => {
  const ownGates = ['--a=1', '--a=1 v2'] as const;
  const still = [at(10, '--a=1')];
  expect((await waits({ processes: [still], ownGates })).time).toBe(OBSERVED_WITHIN);
  const again = [...still, at(20, '--a=1')];
  expect((await waits({ processes: [still, still, again], ownGates })).time).toBe(500);
});

test('a change that restarts nothing is not waited for', async () => {
  const processes = [[at(10, '--a=1')]];
  expect((await waits({ processes, ownGates: ['--a=1', '--a=1 v1 #'] })).time).toBe(0);
});
