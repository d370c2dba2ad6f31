import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

const TOP = join(import.meta.dirname, '../../..');
const dir = mkdtempSync(join(tmpdir(), 'setpoint-bin-'));
afterAll(() => rmSync(dir, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of bin/ to its end, with `input` on its standard input. */
function run(file: string, argv: readonly string[], input = ''): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...argv], { cwd: dir });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (text: Buffer) => (output.stdout += text.toString()));
    child.stderr.on('data', (text: Buffer) => (output.stderr += text.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...output }));
    child.stdin.end(input);
  });
}

const DEV = join(TOP, 'bin/dev.js');

describe('bin/run.js', () => {
  mkdirSync(join(dir, 'bin'));
  cpSync(join(TOP, 'bin/run.js'), join(dir, 'bin/run.js'));
  cpSync(join(TOP, 'package.json'), join(dir, 'package.json'));

  it('answers the version without a build', async () => {
    expect(await run(join(dir, 'bin/run.js'), ['-v'])).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^setpoint \d+\.\d+\.\d+\n$/) as string,
      stderr: '',
    });
  });

  it('says how to build when there is no build', async () => {
    const ran = await run(join(dir, 'bin/run.js'), ['plan']);
    expect(ran).toMatchObject({ code: 70, stdout: '' });
    expect(ran.stderr).toContain('npm run build');
  });
});

describe('a limit of open files that is too low', () => {
  // The first is too low to load the program, the second to load the command.
  it.each([26, 34])('of %i is told with its remedy, without a stack', async (limit) => {
    const line = `ulimit -n ${String(limit)}; exec "$0" "$1" validate -C /`;
    const child = spawn('sh', ['-c', line, process.execPath, join(TOP, 'bin/run.js')]);
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(stderr).toMatch(/^error\[SP6017\]/mu);
    expect(stderr).not.toMatch(/SP9099|\n\s+at /);
    expect(code).toBe(1);
  });
});

describe('the whole command line', () => {
  it('lists its commands', async () => {
    const ran = await run(DEV, ['help']);
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    for (const command of ['plan', 'apply', 'recover', 'history', 'doctor']) {
      expect(ran.stdout).toMatch(new RegExp(`\n  ${command} `));
    }
  });

  it('exits 64 for an unknown command, with a suggestion', async () => {
    const ran = await run(DEV, ['aply', '--json']);
    expect(ran.code).toBe(64);
    expect(ran.stderr).toContain('did you mean "apply"?');
    expect(JSON.parse(ran.stdout)).toMatchObject({ command: 'aply', error: { code: 'SP9002' } });
  });

  it('is quiet when the reader of its output leaves', async () => {
    const child = spawn(process.execPath, [DEV, 'explain', '--json'], { cwd: dir });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
