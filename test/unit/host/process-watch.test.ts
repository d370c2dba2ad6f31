import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProcessInfo } from '../../../src/host/ports.ts';
import { StartWatch } from '../../../src/host/process-watch.ts';

let proc: string;
let seen: ProcessInfo[];
beforeEach(async () => {
  proc = await mkdtemp(join(tmpdir(), 'setpoint-proc-'));
  seen = [];
  await newest(100);
});
afterEach(() => rm(proc, { recursive: true, force: true }));

function newest(pid: number): Promise<void> {
  return writeFile(join(proc, 'loadavg'), `0.10 0.20 0.30 1/200 ${pid}\n`);
}

async function process(pid: number, argv: readonly string[], thread = false): Promise<void> {
  const directory = join(proc, String(pid));
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'cmdline'), argv.map((one) => `${one}\0`).join(''));
  await writeFile(join(directory, 'status'), `Name:\tx\nTgid:\t${thread ? pid - 1 : pid}\n`);
  const zeros = Array.from({ length: 40 }, () => '0').join(' ');
  await writeFile(join(directory, 'stat'), `${pid} (x) R 7 ${zeros}`);
}

function watch(): StartWatch {
  return new StartWatch(
    proc,
    (argv) => argv[0] === 'etcd',
    (started) => seen.push(started),
  );
}

describe('watching for starts', () => {
  it('sees a process that is gone before anybody lists processes', async () => {
    const watching = watch();
    await process(101, ['etcd', '--x']);
    await newest(101);
    watching.tick();
    await rm(join(proc, '101'), { recursive: true });
    watching.tick();
    expect(seen.map(({ pid, ppid, argv }) => ({ pid, ppid, argv }))).toEqual([
      { pid: 101, ppid: 7, argv: ['etcd', '--x'] },
    ]);
  });

  it('sees it once, also when exec gives it its arguments only later', async () => {
    const watching = watch();
    await process(101, ['runner']);
    await newest(101);
    watching.tick();
    await process(101, ['etcd']);
    watching.tick();
    watching.tick();
    expect(seen.map(({ pid }) => pid)).toEqual([101]);
  });

  it('tells nothing of processes that ran before, of others, and of threads', async () => {
    await process(100, ['etcd']);
    const watching = watch();
    await process(101, ['other']);
    await process(102, ['etcd'], true);
    await newest(103);
    watching.tick();
    expect(seen).toEqual([]);
  });

  it('goes on after the pid counter wrapped', async () => {
    const watching = watch();
    await process(3, ['etcd']);
    await newest(3);
    watching.tick();
    expect(seen.map(({ pid }) => pid)).toEqual([3]);
  });

  it('does nothing where there is no loadavg', async () => {
    await rm(join(proc, 'loadavg'));
    const watching = watch();
    watching.start();
    watching.tick();
    watching.stop();
    expect(seen).toEqual([]);
  });
});
