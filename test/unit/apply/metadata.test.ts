import { execFileSync } from 'node:child_process';
import { chownSync, lstatSync, readlinkSync, symlinkSync, statSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { executeRun } from '../../../src/apply/run/execute-run.ts';
import { loadNative } from '../../../src/host/native.ts';
import { closeSync, openSync } from 'node:fs';
import { runInput } from './run-inputs.ts';
import { hostPath, openRig, type RunRig } from './run-rig.ts';

const A = '/etc/app/a.conf';
const isRoot = process.geteuid?.() === 0;

let rig: RunRig;
beforeEach(async () => {
  rig = await openRig();
  rig.write(A, 'old a\n', 0o640);
  await attribute('set');
  if (isRoot) chownSync(rig.real(A), 12, 34);
});
afterEach(() => rig.close());

async function attribute(act: 'set' | 'get'): Promise<string | null> {
  const native = await loadNative();
  const fd = openSync(rig.real(A), 'r+');
  try {
    if (act === 'set') native.setAttrSync(fd, 'user.team', Buffer.from('platform'));
    return native.getAttrSync(fd, 'user.team')?.toString() ?? null;
  } finally {
    closeSync(fd);
  }
}

test.each([
  ['an apply', 'new a\n', []],
  ['a revert', 'old a\n', ['false']],
] as const)('mode, owner and attributes survive %s', async (_, content, audits) => {
  const before = statSync(rig.real(A));
  await executeRun(rig.context, await runInput(rig, [{ path: A, to: 'new a\n', audits }]));
  const after = statSync(rig.real(A));
  expect(rig.read(A)).toBe(content);
  expect([after.mode, after.uid, after.gid]).toEqual([before.mode, before.uid, before.gid]);
  expect(await attribute('get')).toBe('platform');
});

test('a symlink stays a symlink: what it leads to is replaced', async () => {
  symlinkSync('app/a.conf', rig.real('/etc/link.conf'));
  const input = await runInput(rig, [{ path: A, to: 'new a\n' }]);
  const [file] = input.part.files;
  if (file === undefined) throw new Error('one file is planned');
  const linked = { ...file, declared: hostPath('/etc/link.conf'), linkText: 'app/a.conf' };
  const part = { ...input.part, files: [linked] };
  const { report } = await executeRun(rig.context, { ...input, part });
  expect(report.outcome).toBe('applied');
  expect(lstatSync(rig.real('/etc/link.conf')).isSymbolicLink()).toBe(true);
  expect(readlinkSync(rig.real('/etc/link.conf'))).toBe('app/a.conf');
  expect(rig.read(A)).toBe('new a\n');
});

test('a symlink that was pointed elsewhere after planning stops the run', async () => {
  rig.write('/etc/other.conf', 'old a\n');
  symlinkSync('app/a.conf', rig.real('/etc/link.conf'));
  const input = await runInput(rig, [{ path: A, to: 'new a\n' }]);
  execFileSync('ln', ['-sfn', 'other.conf', rig.real('/etc/link.conf')]);
  const files = input.part.files.map((file) => ({
    ...file,
    declared: hostPath('/etc/link.conf'),
    linkText: 'app/a.conf',
  }));
  const { report, refusal } = await executeRun(rig.context, {
    ...input,
    part: { ...input.part, files },
  });
  expect([report.outcome, refusal]).toEqual(['failed', 'stale']);
  expect([rig.read(A), rig.read('/etc/other.conf')]).toEqual(['old a\n', 'old a\n']);
});
