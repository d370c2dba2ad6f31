import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseCommandLine, parseStat } from '../../../src/host/proc-files.ts';
import { procProcesses } from '../../../src/host/processes.ts';
import { hasLivingMember } from '../../../src/host/process-group.ts';
import { errorOf } from './diagnostics-of.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** A stat line as proc(5) lays it out; field 22 is the start time. */
function statLine(pid: number, comm: string, state = 'S', ppid = 1, flags = 0x400000): string {
  const after = Array.from({ length: 12 }, () => '0').join(' ');
  return `${pid} (${comm}) ${state} ${ppid} 1 1 0 -1 ${flags} ${after} 8812345 1 2 3\n`;
}

function fakeProc(processes: Readonly<Record<string, readonly [string, string]>>): string {
  const root = temporaryDirectory();
  for (const [pid, [stat, cmdline]] of Object.entries(processes)) {
    mkdirSync(join(root, pid));
    writeFileSync(join(root, pid, 'stat'), stat);
    writeFileSync(join(root, pid, 'cmdline'), cmdline);
  }
  return root;
}

function parse(text: string): readonly string[] {
  return parseCommandLine(Buffer.from(text));
}

describe('parsing /proc', () => {
  test.each(['etcd', 'a b', 'odd) S 1 (', ') R 0 0', '((', 'x) Z 9'])(
    'the command name %j does not shift the fields',
    (comm) => {
      expect(parseStat(statLine(42, comm))).toEqual({
        pid: 42,
        state: 'S',
        ppid: 1,
        group: 1,
        kernelThread: false,
        startTime: '8812345',
      });
    },
  );

  test('what is cut short is no process', () => {
    expect(parseStat('')).toBeNull();
    expect(parseStat('42 (etcd')).toBeNull();
    expect(parseStat('42 (etcd) S 1')).toBeNull();
  });

  test('arguments end with NUL; empty ones count, a missing last NUL does not matter', () => {
    expect(parse('etcd\0--name\0m1\0')).toEqual(['etcd', '--name', 'm1']);
    expect(parse('a\0\0b\0')).toEqual(['a', '', 'b']);
    expect(parse('a\0\0')).toEqual(['a', '']);
    expect(parse('nginx: master process')).toEqual(['nginx: master process']);
    expect(parse('')).toEqual([]);
  });
});

describe('listing', () => {
  test('leaves out kernel threads, zombies, malformed and vanished entries', async () => {
    const root = fakeProc({
      '2': [statLine(2, 'kthreadd', 'S', 0, 0x208040), ''],
      '7': [statLine(7, 'gone', 'Z', 1), ''],
      '8': ['', ''],
      '9': [statLine(9, 'etcd (v3)', 'S', 1), 'etcd\0--name=m1\0'],
      '10': [statLine(10, 'no argv', 'S', 9), ''],
      uptime: ['', ''],
    });
    mkdirSync(join(root, '11'));
    expect(await procProcesses(root).list()).toEqual([
      { pid: 10, ppid: 9, argv: [], startTime: '8812345' },
      { pid: 9, ppid: 1, argv: ['etcd', '--name=m1'], startTime: '8812345' },
    ]);
  });

  test('shows a real process with its exact arguments and start time, and not when it has ended', async () => {
    const child = spawn('sleep', ['1000'], { argv0: 'odd (name) ' });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child, 'spawn');
    const mine = (await procProcesses().list()).find((found) => found.pid === child.pid);
    expect(mine).toMatchObject({ ppid: process.pid, argv: ['odd (name) ', '1000'] });
    expect(Number(mine?.startTime)).toBeGreaterThan(0);
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    const left = (await procProcesses().list()).map((found) => found.pid);
    expect(left).not.toContain(child.pid);
  });

  test('zombies are no living members of a process group', () => {
    const root = fakeProc({
      '5': [statLine(5, 'a', 'Z'), ''],
      '6': ['', ''],
    });
    expect(hasLivingMember(1, root)).toBe(false);
    writeFileSync(join(root, '6', 'stat'), statLine(6, 'b', 'D'));
    expect(hasLivingMember(1, root)).toBe(true);
    expect(hasLivingMember(2, root)).toBe(false);
  });

  test('a missing or empty /proc is an error, not an empty host', async () => {
    const root = temporaryDirectory();
    for (const place of [join(root, 'none'), root]) {
      const error = await errorOf(() => procProcesses(place).list());
      expect(error.diagnostics[0]?.code).toBe('SP6040');
    }
  });

  test('tells whether processes of others are visible', async () => {
    const all = fakeProc({ '1': [statLine(1, 'init'), 'init\0'] });
    expect(await procProcesses(all).visible?.()).toBe('all');
    expect(await procProcesses(fakeProc({})).visible?.()).toBe('own');
  });
});
